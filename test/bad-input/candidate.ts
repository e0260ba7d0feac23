import { COLLECTIONS, eventType, type Collection, type EventTypeName } from '#libs/contracts';

/** Stands for the slug of the stream, of the same length: every input that is sent gets a stream of its own. */
export const SLUG = 'fuzz-0000000000';

/** Text that stands for bytes: of UTF-8, or a character a byte. */
export interface Bytes {
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
}

export const utf8 = (text: string): Bytes => ({ text, encoding: 'utf8' });

/** An event that is there before, on the same stream. */
export interface Earlier {
  readonly type: EventTypeName;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as somebody sends it, whatever it is worth. */
export interface Candidate {
  readonly type: EventTypeName;
  /** Of its stream. */
  readonly kind: string;
  /** Attributes beside or instead of the usual ones; left out where undefined. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What is sent as its data. */
  readonly data: Bytes;
  readonly before: readonly Earlier[];
}

export const numbered = (text: string, number: number): string =>
  text.replaceAll(SLUG, `fuzz-${String(number).padStart(10, '0')}`);

export const bytesOf = ({ text, encoding }: Bytes, number: number): Buffer =>
  Buffer.from(numbered(text, number), encoding);

/** The attributes of a candidate as it is sent. */
export function attributesOf({ type, kind, attributes }: Candidate, number: number): Record<string, unknown> {
  const usual = {
    specversion: '1.0',
    id: `fuzz-${number}`,
    source: 'urn:litopys:fuzz',
    type: eventType(type),
    subject: `${kind}/${SLUG}`,
  };
  const all = Object.entries({ ...usual, ...attributes }).filter(([, value]) => value !== undefined);
  return JSON.parse(numbered(JSON.stringify(Object.fromEntries(all)), number)) as Record<string, unknown>;
}

/** The event as one JSON text, or what looks like one. */
export function wholeOf(candidate: Candidate, number: number): Buffer {
  const attributes = JSON.stringify(attributesOf(candidate, number)).slice(0, -1);
  return Buffer.concat([Buffer.from(`${attributes},"data":`), bytesOf(candidate.data, number), Buffer.from('}')]);
}

/** The route of a candidate's type on its stream. */
export function routeOf({ type, kind }: Candidate): {
  readonly collection: string;
  readonly verb: string;
  readonly opens: boolean;
} {
  const found = Object.entries<Collection>(COLLECTIONS).find(([, one]) => one.kind === kind);
  if (found === undefined) throw new Error(`no collection has streams of the kind ${kind}`);
  const [collection, { verbs, opening }] = found;
  const [verb] = Object.entries(verbs).find(([, name]) => name === type) ?? [];
  if (verb === undefined) throw new Error(`${collection} have no verb for ${type}`);
  return { collection, verb, opens: opening === type };
}
