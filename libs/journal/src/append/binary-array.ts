/** OIDs of the element types. Source: PostgreSQL's pg_type.dat. */
const [BYTEA, TEXT] = [17, 25];

/**
 * An array as PostgreSQL receives it in binary form: dimensions, whether there are nulls, the type, the length and the
 * lower bound, then each element behind its length. The driver would write a literal: every quote of a JSON text
 * escaped here and read there, which costs more than all the rest of an append. Source: array_recv in arrayfuncs.c.
 */
function binaryArray(
  type: number,
  lengths: readonly number[],
  write: (into: Buffer, at: number, index: number) => void,
) {
  const size = lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), 20);
  const array = Buffer.allocUnsafe(size);
  array.writeInt32BE(1, 0);
  array.writeInt32BE(lengths.includes(-1) ? 1 : 0, 4);
  array.writeInt32BE(type, 8);
  array.writeInt32BE(lengths.length, 12);
  array.writeInt32BE(1, 16);
  let at = 20;
  lengths.forEach((length, index) => {
    array.writeInt32BE(length, at);
    if (length > 0) write(array, at + 4, index);
    at += 4 + Math.max(length, 0);
  });
  return array;
}

/** A `text[]`, as the value of a parameter. */
export function textArray(values: readonly (string | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  return binaryArray(TEXT, lengths, (into, at, index) => void into.write(values[index] ?? '', at));
}

/** A `bytea[]` of hex texts, as the value of a parameter. */
export function byteaArray(values: readonly string[]): Buffer {
  const lengths = values.map((value) => value.length / 2);
  return binaryArray(BYTEA, lengths, (into, at, index) => void into.write(values[index] ?? '', at, 'hex'));
}
