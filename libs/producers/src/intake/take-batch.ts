import { Logger, type LoggerService } from '@nestjs/common';
import type { Pool } from 'pg';
import type { ArrivedBatch, Refused } from '#libs/broker';
import { LitopysError, toProblem, type Problem } from '#libs/platform';
import type { Asked } from '../append/decide-next.js';
import { checkEvent, type CheckedEvent } from '../check/check-event.js';
import { TooLargeError } from '../check/too-large.js';
import { eventOfMessage } from '../cloud-events/kafka-message.js';
import { MAX_EVENT_BYTES } from '../limits.js';
import { doInTurn } from './in-turn.js';
import { isOfTheJournal, takeEvent } from './take-event.js';
import { takeTogether } from './take-together.js';

type Message = ArrivedBatch['messages'][number];

export interface IntakeOptions {
  /** Connections to the journal's database. */
  readonly pool: Pool;
  /** The clock, ISO UTC. */
  readonly now?: () => string;
  /** Nest's own unless another is given. */
  readonly logger?: LoggerService;
}

/** Events that are taken one by one at once at most: they share connections with those that come over HTTP. */
const AT_ONCE = 128;

/** Who sends by a topic, as the journal keeps it: Kafka tells no consumer who wrote a record. */
const actorOf = (topic: string): string => `urn:litopys:intake:${topic}`;

/**
 * Takes a batch of a topic by the same checks and decisions as what comes over HTTP, the events of one stream one after
 * another, and answers those that are refused, in order. What stands there already is taken as such.
 * @throws what passes (the journal is away): the same batch must come again, whole
 */
export async function takeBatch(batch: ArrivedBatch, intake: IntakeOptions): Promise<Refused[]> {
  const { pool, now = () => new Date().toISOString(), logger = new Logger('Intake') } = intake;
  const problems = new Map<Message, Problem>();
  const asked = new Map<Asked, Message>();
  for (const message of batch.messages) {
    try {
      asked.set({ checked: readEvent(message), actor: actorOf(batch.topic), now: now() }, message);
    } catch (error) {
      // Nothing was asked of anybody: what it fails on now, it will always fail on.
      if (!(error instanceof LitopysError)) logger.error(error);
      problems.set(message, toProblem(error));
    }
  }
  for (const events of withoutTwins([...asked.keys()]))
    for (const [event, problem] of await takeAll(pool, events, logger)) {
      const message = asked.get(event);
      if (message) problems.set(message, problem);
    }
  return batch.messages.flatMap((message) => {
    const problem = problems.get(message);
    return problem ? { message, problem } : [];
  });
}

/** @throws ValidationError, TooLargeError */
function readEvent({ headers, value }: Message): CheckedEvent {
  const bytes = value?.length ?? 0;
  if (bytes > MAX_EVENT_BYTES) throw new TooLargeError(bytes, '');
  const { event, fields } = eventOfMessage(headers, value);
  return checkEvent(event, fields);
}

/** Cuts events, in their order, where an identity comes again: what becomes of the second depends on the first. */
function* withoutTwins(events: readonly Asked[]): Generator<Asked[]> {
  let [part, seen] = [[] as Asked[], new Set<string>()];
  for (const event of events) {
    const { source, id } = event.checked.event;
    const identity = JSON.stringify([source, id]);
    if (seen.has(identity)) {
      yield part;
      [part, seen] = [[], new Set()];
    }
    part.push(event);
    seen.add(identity);
  }
  if (part.length > 0) yield part;
}

/** Takes all together; where we fail on one of them, one by one, to find out which. */
async function takeAll(pool: Pool, events: readonly Asked[], logger: LoggerService): Promise<[Asked, Problem][]> {
  try {
    return [...(await takeTogether(pool, events))].map(([event, error]) => [event, toProblem(error)]);
  } catch (error) {
    if (isOfTheJournal(error)) throw error;
  }
  const pieces = events.map((event) => ({
    keys: [event.checked.event.subject],
    work: () => takeEvent(pool, event, logger),
  }));
  const verdicts = await doInTurn(pieces, AT_ONCE);
  return events.flatMap((event, index): [Asked, Problem][] => {
    const problem = verdicts[index];
    return problem ? [[event, problem]] : [];
  });
}
