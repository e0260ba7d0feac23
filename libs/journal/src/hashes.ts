import { createHash, hash } from 'node:crypto';
import type { JournalRow } from './row.js';

const NULL_LENGTH = Buffer.from('ffffffff', 'hex');

/** A value behind its length in bytes (4 bytes, big-endian); null as length -1 and no bytes. */
function framed(value: string | number | null): Buffer {
  if (value === null) return NULL_LENGTH;
  const bytes = Buffer.from(String(value));
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** What an event's chain hash covers of it: every column but data and the hash itself, in table order. */
const chained = (row: Omit<JournalRow, 'data' | 'chainHash'>) => [
  row.position,
  row.stream,
  row.version,
  row.source,
  row.id,
  row.fingerprint,
  row.type,
  row.dataschema,
  row.time,
  row.knownSince,
  row.knownBasis,
  row.actor,
  row.correlationId,
  row.causationId,
  row.recordedAt,
  row.dataHash,
];

/**
 * The chain hash of an event, in hex: sha256 of the hash before it and of the event's columns, each as UTF-8 behind
 * its length. Its data takes part through its data hash alone, so that the chain holds where data was taken out by law.
 * `journal.chain_hash_of` in the database computes the same.
 * @param previousHex the chain hash of the position before; {@link firstPrevious} where a journal id begins
 */
export function chainHashOf(previousHex: string, row: Omit<JournalRow, 'data' | 'chainHash'>): string {
  const hash = createHash('sha256').update(previousHex, 'hex');
  for (const value of chained(row)) hash.update(framed(value));
  return hash.digest('hex');
}

/**
 * What the first event under a journal id takes as the hash before it, in hex.
 * @param previousHex the chain hash of the position before; null at position 1
 */
export function firstPrevious(previousHex: string | null, journalId: string): string {
  return createHash('sha256')
    .update(previousHex ?? '', 'hex')
    .update(journalId.toLowerCase())
    .digest('hex');
}

/** sha256 of a data text's UTF-8 bytes, in hex. */
export function dataHashOf(text: string): string {
  return hash('sha256', text, 'hex');
}

/** What a producer means by one event, whichever way it sends it. */
export interface Meaning {
  readonly type: string;
  readonly subject: string;
  /** As sent; null where none was sent. */
  readonly time: string | null;
  readonly dataschema: string;
  /** The RFC 8785 text of the data as sent. */
  readonly dataText: string;
}

/**
 * The fingerprint that tells a repeat from another event under the same source and id, in hex: sha256 of the RFC 8785
 * form of all of it, put together around the data's, whose making is the dearest part of an event's check.
 */
export function fingerprintOf({ type, subject, time, dataschema, dataText }: Meaning): string {
  const text = (value: string | null): string => JSON.stringify(value);
  return dataHashOf(
    `{"data":${dataText},"dataschema":${text(dataschema)},"subject":${text(subject)},"time":${text(time)},"type":${text(type)}}`,
  );
}
