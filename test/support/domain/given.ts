import { expect } from '@jest/globals';
import { SCHEMAS, type StreamEvent } from '#libs/contracts';
import { decide, evolve, type Command, type Decision, type History, type Refusal, type Rule } from '#libs/domain';

type Expectation = (decision: Decision) => void;

interface When {
  /** Decides the command on what was given, and looks at what became of it. */
  then(expectation: Expectation): void;
}

/** Every command of a spec must be such as the shell lets through. */
function checkSchema({ type, data }: Command): void {
  const result = SCHEMAS[type].safeParse(data);
  if (!result.success) throw new Error(`the spec's own ${type} is not valid: ${result.error.message}`);
}

function record(history: History, command: Command): History {
  checkSchema(command);
  const decision = decide(history, command);
  if (!decision.accepted) throw new Error(`given ${command.type} is refused: ${JSON.stringify(decision.refusals)}`);
  return evolve(history, decision.event);
}

/** `given(commands accepted before).when(command).then(accepted() | refused(rule, field))`. */
export function given(...commands: readonly Command[]): { when(command: Command): When } {
  const history = commands.reduce<History>(record, []);
  return {
    when(command) {
      checkSchema(command);
      const decision = decide(history, command);
      return { then: (expectation) => expectation(decision) };
    },
  };
}

/** The event is recorded as asked, at the end of its stream. */
export function accepted(event: Partial<StreamEvent> = {}): Expectation {
  return (decision) => expect(decision).toMatchObject({ accepted: true, event });
}

/** The event is refused by exactly these rules; at the field, where one is named. */
export function refused(rule: Rule, field?: string, more: Partial<Refusal> = {}): Expectation {
  return (decision) => {
    expect(decision.accepted ? 'accepted' : [...new Set(decision.refusals.map((one) => one.rule))]).toEqual([rule]);
    const [first] = decision.accepted ? [] : decision.refusals;
    expect(first).toMatchObject({ rule, ...(field !== undefined && { field }), ...more });
    expect(first?.mend).toMatch(/\w.*\.$/);
    expect(first?.detail).toMatch(/\w.*\.$/);
  };
}
