/** Signature, flags, and the length of an extension that nobody uses. */
const HEADER_BYTES = 19;
const END = -1;

/**
 * Where the fields of a tuple begin, each with its length in 4 bytes (-1: null, no bytes follow); one entry more tells
 * where the last one ends.
 */
export type Fields = Int32Array;

/**
 * Finds the tuples in the chunks of a COPY in binary form. Nothing is copied but what a chunk's end cuts in two; bytes
 * and fields hold during the call of `take` alone.
 * Source: PostgreSQL, COPY, "Binary Format".
 */
export class CopyTuples {
  private readonly fields: Fields;
  private rest: Buffer | null = null;
  private isHeaderRead = false;

  constructor(
    private readonly columns: number,
    private readonly take: (bytes: Buffer, fields: Fields) => void,
  ) {
    this.fields = new Int32Array(columns + 1);
  }

  push(chunk: Buffer): void {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = this.isHeaderRead ? 0 : HEADER_BYTES;
    if (bytes.length >= at) {
      this.isHeaderRead = true;
      for (let end = this.endOfTuple(bytes, at); end > 0; end = this.endOfTuple(bytes, at)) {
        if (bytes.readInt16BE(at) !== END) this.take(bytes, this.fields);
        at = end;
      }
    } else at = 0;
    // The driver fills the chunk's memory anew.
    this.rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  }

  /** Sets the fields of the tuple that begins there and tells where it ends; 0 where it is not whole yet. */
  private endOfTuple(bytes: Buffer, begin: number): number {
    let at = begin + 2;
    if (at > bytes.length) return 0;
    const count = bytes.readInt16BE(begin);
    if (count === END) return at;
    if (count !== this.columns) throw new Error(`a tuple of ${this.columns} fields was asked for, ${count} came`);
    for (let field = 0; field < count; field++) {
      if (at + 4 > bytes.length) return 0;
      this.fields[field] = at;
      at += 4 + Math.max(0, bytes.readInt32BE(at));
    }
    this.fields[count] = at;
    return at > bytes.length ? 0 : at;
  }
}
