import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CopyTuples } from './copy-tuples.js';

const COLUMNS = 3;
type Tuple = (string | null)[];

function field(text: string | null): Buffer {
  const length = Buffer.alloc(4);
  const bytes = Buffer.from(text ?? '');
  length.writeInt32BE(text === null ? -1 : bytes.length);
  return Buffer.concat([length, bytes]);
}

/** What PostgreSQL sends: a header, each tuple behind its count of fields, and the end. */
function copied(tuples: readonly Tuple[]): Buffer {
  const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
  const body = tuples.map((tuple) => Buffer.concat([Buffer.of(0, COLUMNS), ...tuple.map(field)]));
  return Buffer.concat([header, ...body, Buffer.of(0xff, 0xff)]);
}

function read(chunks: readonly Buffer[]): Tuple[] {
  const read: Tuple[] = [];
  const tuples = new CopyTuples(COLUMNS, (bytes, fields) => {
    const text = (index: number): string | null => {
      const begin = fields[index] ?? 0;
      return bytes.readInt32BE(begin) < 0 ? null : bytes.toString('utf8', begin + 4, fields[index + 1]);
    };
    read.push([text(0), text(1), text(2)]);
  });
  for (const chunk of chunks) {
    tuples.push(chunk);
    // As the driver does: what was handed over is written over.
    chunk.fill(0x7f);
  }
  return read;
}

const text = fc.option(fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => value.isWellFormed()));
const tuples = fc.array(fc.tuple(text, text, text), { maxLength: 10 });

it('tuples come whole, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(tuples, fc.array(fc.nat({ max: 400 }), { maxLength: 12 }), (sent, cuts) => {
      const bytes = copied(sent);
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => Buffer.from(bytes.subarray(at[index], end)));
      expect(read(chunks)).toEqual(sent);
    }),
  );
});

it('a tuple of another shape is no guess', () => {
  expect(() => new CopyTuples(2, () => undefined).push(copied([['a', 'b', 'c']]))).toThrow('3 came');
});
