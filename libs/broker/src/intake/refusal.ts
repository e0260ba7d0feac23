import { isUtf8 } from 'node:buffer';
import type { KafkaMessage } from 'kafkajs';
import type { Mistake, Problem } from '#libs/platform';

/** A record that was not taken, and why. */
export interface Refused {
  readonly message: KafkaMessage;
  readonly problem: Problem;
}

/** Bytes as a reader can use them: text where they are UTF-8 without control characters but tabs and line ends. */
export type Told = { readonly text: string } | { readonly base64: string } | null;

/** The value of a record on the topic of refusals: an RFC 9457 problem, and what it is about. */
export interface Refusal extends Problem {
  /** `<topic>-<partition>-<offset>` of the refused record: the same refusal told twice has the same. */
  readonly id: string;
  /** Of the first of its errors. */
  readonly field: string | null;
  readonly rule: string | null;
  readonly mend: string | null;
  readonly original: Original;
}

export interface Original {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** When it was written to the topic, ISO UTC. */
  readonly timestamp: string | null;
  /** Of its value; null of a tombstone. */
  readonly bytes: number | null;
  /** Key, headers (in their order; one given twice stands twice) and value; left out where they are too large. */
  readonly record?: {
    readonly key: Told;
    readonly headers: readonly { readonly name: string; readonly value: Told }[];
    readonly value: Told;
  };
}

/** Where a record was read from. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

export const refusalId = ({ topic, partition }: Place, offset: string): string => `${topic}-${partition}-${offset}`;

/** Tells a refusal with the whole of its record, or only the record's place. */
export function tellRefusal(place: Place, { message, problem }: Refused, withRecord: boolean): Refusal {
  const [first]: readonly Partial<Mistake>[] = problem.errors;
  const { offset, value } = message;
  return {
    id: refusalId(place, offset),
    ...problem,
    rule: first?.rule ?? problem.code,
    field: first?.field ?? null,
    mend: first?.mend ?? null,
    original: {
      topic: place.topic,
      partition: place.partition,
      offset,
      timestamp: instantOf(message.timestamp),
      bytes: value?.length ?? null,
      ...(withRecord && { record: tellRecord(message) }),
    },
  };
}

function tellRecord({ key, headers = {}, value }: KafkaMessage): Original['record'] {
  const told = Object.entries(headers).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).map((one) => ({ name, value: tellBytes(one ?? null) })),
  );
  return { key: tellBytes(key), headers: told, value: tellBytes(value) };
}

// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function tellBytes(given: Buffer | string | null): Told {
  if (given === null) return null;
  const bytes = Buffer.from(given);
  if (!isUtf8(bytes)) return { base64: bytes.toString('base64') };
  const text = bytes.toString();
  return CONTROL.test(text) ? { base64: bytes.toString('base64') } : { text };
}

/** A timestamp that its producer made up may be no instant at all. */
function instantOf(timestamp: string): string | null {
  const instant = new Date(Number(timestamp));
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
