import { expect, it } from '@jest/globals';
import { StopError, type StopCode } from '#libs/broker';
import { makeProgram } from './program.js';

const CODES: Record<StopCode, true> = {
  'topic-loses-events': true,
  'intake-loses-events': true,
  'topic-of-another-journal': true,
  'topic-ahead-of-journal': true,
  'topic-knows-another-event': true,
  'another-journal': true,
  'another-event': true,
  'broken-chain': true,
  'wrong-data-hash': true,
};

/** Commands as they are typed: `receive`, `relay republish`. */
const commands = makeProgram().commands.flatMap((command) =>
  command.commands.length === 0
    ? [command.name()]
    : command.commands.map((below) => `${command.name()} ${below.name()}`),
);

it('every command that a mend of relay or receiver names is there', () => {
  const mends = (Object.keys(CODES) as StopCode[]).map((code) => new StopError(code, 'x').mend ?? '').join('\n');
  const named = [...mends.matchAll(/`litopys ([a-z]+(?: [a-z]+)*)/g)].map(([, name]) => name);
  expect(named).toContain('receive');
  for (const name of named) expect(commands).toContain(name);
  expect(commands).toContain('relay republish');
});
