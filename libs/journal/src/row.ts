/** One event as a feed holds it. Hashes are lower-case hex, times ISO UTC with milliseconds, days `YYYY-MM-DD`. */
export interface JournalRow {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly source: string;
  readonly id: string;
  readonly fingerprint: string;
  readonly type: string;
  readonly dataschema: string;
  readonly time: string | null;
  readonly knownSince: string;
  readonly knownBasis: string;
  readonly actor: string;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly recordedAt: string;
  /** The exact RFC 8785 text. */
  readonly data: string;
  readonly dataHash: string;
  readonly chainHash: string;
}

/** What a feed is read from: the journal itself, or the replica beside the views. Also the name of its schema. */
export type Feed = 'journal' | 'replica';

/** The select list that gives a {@link JournalRow}, whatever the session's settings and the driver's parsers are. */
const ROW = `
  position::float8 as "position",
  stream,
  version,
  source,
  id,
  encode(fingerprint, 'hex') as "fingerprint",
  type,
  dataschema,
  to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "time",
  to_char(known_since::timestamp, 'YYYY-MM-DD') as "knownSince",
  known_basis as "knownBasis",
  actor,
  correlation_id as "correlationId",
  causation_id as "causationId",
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
  data,
  encode(data_hash, 'hex') as "dataHash",
  encode(chain_hash, 'hex') as "chainHash"`;

/** Puts the feed's schema and the row's select list into a statement written for either feed. */
export function statementFor(feed: Feed, text: string): string {
  return text.replaceAll(':feed', feed).replaceAll(':row', ROW);
}
