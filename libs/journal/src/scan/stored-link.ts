import { createHash, hash } from 'node:crypto';
import type { JournalRow } from '../row.js';
import type { Fields } from './copy-tuples.js';
import type { Link } from './link.js';
import { isoDay, isoInstant } from './stored-times.js';

/** Fields of a scan's tuples, in table order. */
const [POSITION, STREAM, VERSION, SOURCE, ID, FINGERPRINT, TYPE, DATASCHEMA, TIME] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const [KNOWN_SINCE, KNOWN_BASIS, ACTOR, CORRELATION_ID, CAUSATION_ID] = [9, 10, 11, 12, 13];
const [RECORDED_AT, DATA, DATA_HASH, CHAIN_HASH] = [14, 15, 16, 17];

export const COLUMNS = 18;

/** A hash in bytes, which stands before what it is hashed with. */
const PREVIOUS = 32;
/** What numbers, days, times and hashes in hex take more than they do stored, generously. */
const MORE = 512;

/**
 * The tuple that a scan has come to, in the driver's memory: nothing of it is copied but what its hash is of, and no
 * text is made but of what is asked. The framing of the chain hash is that of COPY, so texts go in as they came.
 */
export class StoredLink implements Link {
  private bytes: Buffer = Buffer.alloc(0);
  private fields: Fields = new Int32Array(COLUMNS + 1);
  private frame = Buffer.alloc(4096);
  private frameEnd = 0;
  private lastInstant = { stored: -1n, text: '' };
  private lastDay = { stored: NaN, text: '' };

  /** Moves on to the next tuple. */
  set(bytes: Buffer, fields: Fields): void {
    this.bytes = bytes;
    this.fields = fields;
    this.frameEnd = 0;
  }

  get position(): number {
    return Number(this.bytes.readBigInt64BE(this.begin(POSITION)));
  }

  get chainHash(): string {
    return this.hex(CHAIN_HASH);
  }

  dataHolds(): boolean {
    return hash('sha256', this.bytes.subarray(this.begin(DATA), this.end(DATA)), 'hex') === this.hex(DATA_HASH);
  }

  hashAfter(previousHex: string): string {
    if (this.frameEnd === 0) this.fillFrame();
    if (previousHex.length > 2 * PREVIOUS) return this.hashAfterLong(previousHex);
    const before = PREVIOUS - previousHex.length / 2;
    this.frame.write(previousHex, before, 'hex');
    return hash('sha256', this.frame.subarray(before, this.frameEnd), 'hex');
  }

  row(): JournalRow {
    return {
      position: this.position,
      stream: this.text(STREAM),
      version: this.version(),
      source: this.text(SOURCE),
      id: this.text(ID),
      fingerprint: this.hex(FINGERPRINT),
      type: this.text(TYPE),
      dataschema: this.text(DATASCHEMA),
      time: this.isNull(TIME) ? null : this.instant(TIME),
      knownSince: this.day(),
      knownBasis: this.text(KNOWN_BASIS),
      actor: this.text(ACTOR),
      correlationId: this.isNull(CORRELATION_ID) ? null : this.text(CORRELATION_ID),
      causationId: this.isNull(CAUSATION_ID) ? null : this.text(CAUSATION_ID),
      recordedAt: this.instant(RECORDED_AT),
      data: this.text(DATA),
      dataHash: this.hex(DATA_HASH),
      chainHash: this.hex(CHAIN_HASH),
    };
  }

  /** No hash is so long; one that was damaged may be. */
  private hashAfterLong(previousHex: string): string {
    const own = this.frame.subarray(PREVIOUS, this.frameEnd);
    return createHash('sha256').update(previousHex, 'hex').update(own).digest('hex');
  }

  /** Puts what the chain hash is of behind the room for the hash before it. */
  private fillFrame(): void {
    const size = PREVIOUS + MORE + (this.fields[DATA] ?? 0) - (this.fields[POSITION] ?? 0);
    if (this.frame.length < size) this.frame = Buffer.alloc(2 * size);
    this.frameEnd = PREVIOUS;
    this.putText(String(this.position));
    this.putFields(STREAM, STREAM);
    this.putText(String(this.version()));
    this.putFields(SOURCE, ID);
    this.putText(this.hex(FINGERPRINT));
    this.putFields(TYPE, DATASCHEMA);
    if (this.isNull(TIME)) this.putFields(TIME, TIME);
    else this.putText(this.instant(TIME));
    this.putText(this.day());
    this.putFields(KNOWN_BASIS, CAUSATION_ID);
    this.putText(this.instant(RECORDED_AT));
    this.putText(this.hex(DATA_HASH));
  }

  private putText(ascii: string): void {
    const { frame } = this;
    this.frameEnd = frame.writeInt32BE(ascii.length, this.frameEnd);
    this.frameEnd += frame.write(ascii, this.frameEnd, 'latin1');
  }

  /** Fields as they came, each behind its length. */
  private putFields(first: number, last: number): void {
    this.frameEnd += this.bytes.copy(this.frame, this.frameEnd, this.fields[first], this.fields[last + 1]);
  }

  private begin(field: number): number {
    return (this.fields[field] ?? 0) + 4;
  }

  private end(field: number): number {
    return this.fields[field + 1] ?? 0;
  }

  private isNull(field: number): boolean {
    return this.bytes.readInt32BE(this.fields[field]) < 0;
  }

  private text(field: number): string {
    return this.bytes.toString('utf8', this.begin(field), this.end(field));
  }

  private hex(field: number): string {
    return this.bytes.toString('hex', this.begin(field), this.end(field));
  }

  private version(): number {
    return this.bytes.readInt32BE(this.begin(VERSION));
  }

  /** Events of one append were recorded at one instant, and many of a kind on one day. */
  private instant(field: number): string {
    const stored = this.bytes.readBigInt64BE(this.begin(field));
    if (this.lastInstant.stored !== stored) this.lastInstant = { stored, text: isoInstant(stored) };
    return this.lastInstant.text;
  }

  private day(): string {
    const stored = this.bytes.readInt32BE(this.begin(KNOWN_SINCE));
    if (this.lastDay.stored !== stored) this.lastDay = { stored, text: isoDay(stored) };
    return this.lastDay.text;
  }
}
