import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { doInTurn, type Piece } from './in-turn.js';

/** Work that ends when it is told to, and the log of what began and ended. */
function makeWork() {
  const log: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const piece = (name: string, ...keys: string[]): Piece<string> => ({
    keys,
    work: () =>
      new Promise((resolve, reject) => {
        log.push(name);
        ends.set(name, (error) => (error ? reject(error) : resolve(name)));
      }),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error);
    await settled();
  };
  return { log, piece, end, settled };
}

describe('pieces of work', () => {
  it('that share a key are done one after another, others beside them', async () => {
    const { log, piece, end, settled } = makeWork();
    const all = doInTurn([piece('a1', 'a'), piece('a2', 'a', 'x'), piece('b', 'b'), piece('c', 'x')], 10);
    await settled();
    expect(log).toEqual(['a1', 'b']);
    await end('b');
    await end('a1');
    expect(log).toEqual(['a1', 'b', 'a2']);
    await end('a2');
    await end('c');
    expect(await all).toEqual(['a1', 'a2', 'b', 'c']);
  });

  it('behind one that failed are not begun, and those under way are waited for', async () => {
    const { log, piece, end, settled } = makeWork();
    const all = doInTurn([piece('a1', 'a'), piece('b', 'b'), piece('a2', 'a')], 10);
    let isOver = false;
    const over = all.catch((error: Error) => error.message).finally(() => (isOver = true));
    await settled();
    await end('a1', new Error('away'));
    expect([log, isOver]).toEqual([['a1', 'b'], false]);
    await end('b');
    expect(await over).toBe('away');
    expect(log).toEqual(['a1', 'b']);
  });

  it('are never more at once than they may, and answered in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (keys, atOnce) => {
          let underWay = 0;
          const last = new Map<number, number>();
          const pieces = keys.map((key, index): Piece<number> => ({
            keys: [String(key)],
            work: async () => {
              expect((underWay += 1)).toBeLessThanOrEqual(atOnce);
              expect(last.get(key) ?? -1).toBeLessThan(index);
              last.set(key, index);
              await new Promise((resolve) => setImmediate(resolve));
              underWay -= 1;
              return index;
            },
          }));
          expect(await doInTurn(pieces, atOnce)).toEqual(keys.map((_, index) => index));
        },
      ),
    );
  });
});
