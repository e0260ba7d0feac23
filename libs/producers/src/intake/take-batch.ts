import { Logger, type LoggerService } from '@nestjs/common';
import type { Pool } from 'pg';
import type { ArrivedBatch, Refused } from '#libs/broker';
import type { Json } from '#libs/contracts';
import { LitopysError, toProblem } from '#libs/platform';
import { TooLargeError } from '../check/too-large.js';
import { eventOfMessage, type SentMessage } from '../cloud-events/kafka-message.js';
import { MAX_EVENT_BYTES } from '../limits.js';
import { doInTurn, type Piece } from './in-turn.js';
import { takeEvent, type TakeOptions } from './take-event.js';

type Message = ArrivedBatch['messages'][number];

export interface IntakeOptions {
  /** Connections to the journal's database. */
  readonly pool: Pool;
  /** The clock, ISO UTC. */
  readonly now?: () => string;
  /** Nest's own unless another is given. */
  readonly logger?: LoggerService;
}

/** Events of one batch that are decided at once at most: they share connections with those that come over HTTP. */
const AT_ONCE = 128;

/** Who sends by a topic, as the journal keeps it: Kafka tells no consumer who wrote a record. */
const actorOf = (topic: string): string => `urn:litopys:intake:${topic}`;

/**
 * Takes a batch of a topic by the same `produce` as what comes over HTTP, the events of one stream one after another,
 * and answers those that are refused, in order. What stands there already is taken as such.
 * @throws what passes (the journal is away): the same batch must come again, whole
 */
export async function takeBatch(batch: ArrivedBatch, intake: IntakeOptions): Promise<Refused[]> {
  const { pool, now = () => new Date().toISOString(), logger = new Logger('Intake') } = intake;
  const options: TakeOptions = { actor: actorOf(batch.topic), now, logger };
  const pieces = batch.messages.map((message) => pieceOf(pool, message, options));
  const verdicts = await doInTurn(pieces, AT_ONCE);
  return verdicts.filter((verdict) => verdict !== undefined);
}

function pieceOf(pool: Pool, message: Message, options: TakeOptions): Piece<Refused | undefined> {
  let sent: SentMessage;
  try {
    sent = readEvent(message);
  } catch (error) {
    if (!(error instanceof LitopysError)) throw error;
    return { keys: [], work: () => Promise.resolve({ message, problem: toProblem(error) }) };
  }
  return {
    keys: keysOf(sent.event),
    work: async () => {
      const problem = await takeEvent(pool, sent, options);
      return problem && { message, problem };
    },
  };
}

/** @throws ValidationError, TooLargeError */
function readEvent({ headers, value }: Message): SentMessage {
  const bytes = value?.length ?? 0;
  if (bytes > MAX_EVENT_BYTES) throw new TooLargeError(bytes, '');
  return eventOfMessage(headers, value);
}

/** What events must not overtake each other by: their stream, and the identity that only one of them can have. */
function keysOf(event: Json): string[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return [];
  return [JSON.stringify([event['subject']]), JSON.stringify([event['source'], event['id']])];
}
