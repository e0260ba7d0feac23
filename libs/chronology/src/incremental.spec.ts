import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, kindOf, type KnownRow, type StreamEvent } from '#libs/contracts';
import { changesOfStream } from '#libs/projection';
import { anyHistory } from '../../../test/support/histories.js';
import { VIEWS } from './views.js';

interface StoredRow {
  readonly row: KnownRow;
  readonly from: number;
  to: number | null;
}

/** Batches as the loop takes them: earlier events are at hand, the rows of a batch are written when it ends. */
function projectInBatches(events: readonly StreamEvent[], sizes: readonly number[]): StoredRow[] {
  const table: StoredRow[] = [];
  let done = 0;
  for (const size of sizes) {
    const { additions, closings } = changesOfStream(VIEWS, events.slice(0, done), events.slice(done, done + size));
    for (const { row, position } of closings) {
      const open = table.filter((one) => one.to === null && canonicalJson(one.row) === canonicalJson(row));
      expect(open).toHaveLength(1);
      open[0]!.to = position;
    }
    table.push(...additions.map(({ row, fromPosition, toPosition }) => ({ row, from: fromPosition, to: toPosition })));
    done += size;
  }
  return table;
}

it('the rows that stand at any position are those of the events so far, however they were batched', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(anyHistory(), sizes, (events, batches) => {
      const table = projectInBatches(events, batches);
      for (let position = 1; position <= events.length; position++) {
        const standing = table.filter((one) => one.from <= position && (one.to === null || one.to > position));
        const kind = kindOf(events[0]?.stream ?? '');
        const expected = VIEWS.flatMap((view) =>
          view.kinds?.includes(kind) === false ? [] : view.rows(events.slice(0, position)),
        );
        expect(standing.map((one) => canonicalJson(one.row)).sort()).toEqual(
          expected.map((row) => canonicalJson(row)).sort(),
        );
      }
      expect(table.every((one) => one.to === null || one.to > one.from)).toBe(true);
    }),
    {
      numRuns: Number(process.env['LAW_RUNS'] ?? 300),
      ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }),
    },
  );
});
