import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chainOf, plainSeeds } from '../../../../test/support/chain.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { structuredText } from '../cloud-events/structured.js';
import { chainHashOf, firstPrevious } from '../hashes.js';
import type { JournalRow } from '../row.js';
import { verifyExport } from './verify-export.js';

const JOURNAL = '0b9c4f8e-3d0a-4c6e-9f59-0d4a3c1f7a10';
const BRANCH = '7d5f0c1e-8a34-4e0b-9c55-1f2e3d4c5b6a';
const EVENTS = 60;

const rows = chainOf(JOURNAL, plainSeeds(EVENTS));
const lineOf = (row: JournalRow, journalId = JOURNAL): string => structuredText(row, journalId);
const LINES = rows.map((row) => lineOf(row));

async function* streamed(lines: readonly string[]): AsyncGenerator<Buffer> {
  for (const line of lines) yield await Promise.resolve(Buffer.from(line));
}

const check = (lines: readonly string[], against?: Checkpoint) => verifyExport(streamed(lines), { against });

async function found(lines: readonly string[], against?: Checkpoint): Promise<unknown[]> {
  return (await check(lines, against)).findings.map(({ kind, position, name }) => [kind, position, name]);
}

/** The lines with the one at a position replaced, by none, one or more. */
const with_ = (position: number, ...lines: string[]): string[] => LINES.toSpliced(position - 1, 1, ...lines);
const changed = (position: number, what: string, by: string): string[] =>
  with_(position, (LINES[position - 1] ?? '').replace(what, by));

const at = (position: number): JournalRow => rows[position - 1] as JournalRow;
const nameAt = (position: number): string => `${at(position).stream}@${at(position).version}`;

const checkpointAt = (position: number, given: Partial<Checkpoint> = {}): Checkpoint => ({
  journalId: JOURNAL,
  position,
  chainHash: at(position).chainHash,
  recordedAt: at(position).recordedAt,
  ...given,
});

describe('an export', () => {
  it('that is whole holds, and tells where it ends', async () => {
    expect(await check(LINES)).toEqual({
      journalId: JOURNAL,
      from: 1,
      upTo: EVENTS,
      chainHash: at(EVENTS).chainHash,
      events: EVENTS,
      findings: [],
      findingCount: 0,
    });
  });

  it.each([
    ['its actor', '"actor":"test"', '"actor":"Test"', 'changed'],
    ['its data', 'Подія 30', 'Подія 31', 'data-changed'],
    ['its known date', '"knownsince":"2025-08-24"', '"knownsince":"2025-08-25"', 'changed'],
    ['white space in its data', '{"n":30,', '{"n": 30,', 'data-changed'],
  ])('names the event in which %s was changed', async (_what, from, to, kind) => {
    expect(await found(changed(30, from, to))).toEqual([[kind, 30, nameAt(30)]]);
  });

  it.each([
    ['an attribute more', '"id":', '"hidden":"x","id":'],
    ['its data twice', '"datacontenttype":', '"data":{},"datacontenttype":'],
    ['data behind its data', ',"id":', ',"data":{},"id":'],
    ['white space', ',"id":', ', "id":'],
    ['an attribute less', '"specversion":"1.0",', ''],
    ['half of it gone', ',"fingerprint":', '\n'],
    ['a key twice', '"id":', '"id":"other","id":'],
  ])('names the position of a line that is not as it was written: %s', async (_what, from, to) => {
    const [first, ...more] = await found(changed(30, from, to));
    expect([
      ['unreadable', 30, null],
      ['data-changed', 30, nameAt(30)],
    ]).toContainEqual(first);
    expect(more).toEqual([]);
  });

  it('names what is missing, doubled or out of its place', async () => {
    expect(await found(with_(30))).toEqual([['missing', 30, null]]);
    expect(await found(with_(30, LINES[29] ?? '', LINES[29] ?? ''))).toEqual([['doubled', 30, nameAt(30)]]);
    const swapped = with_(30, LINES[30] ?? '').toSpliced(30, 1, LINES[29] ?? '');
    expect(await found(swapped)).toEqual([['reordered', 31, nameAt(31)]]);
  });

  it('names a line that was moved on, or back, and accuses none of those between', async () => {
    const moved = (from: number, to: number): string[] => with_(from).toSpliced(to - 1, 0, LINES[from - 1] ?? '');
    expect(await found(moved(20, 50))).toEqual([['reordered', 20, nameAt(20)]]);
    expect(await found(moved(50, 20))).toEqual([['reordered', 50, nameAt(50)]]);
  });

  it('that was cut at its end holds in itself, and not against what was signed', async () => {
    const cut = LINES.slice(0, 40);
    expect(await found(cut)).toEqual([]);
    expect(await found(cut, checkpointAt(40))).toEqual([]);
    expect(await found(cut, checkpointAt(41))).toEqual([['checkpoint', 41, null]]);
  });

  it('that was rewritten as a whole holds in itself, and not against what was signed', async () => {
    const rewritten = chainOf(JOURNAL, [...plainSeeds(EVENTS - 1), { actor: 'someone' }]).map((row) => lineOf(row));
    expect(await found(rewritten)).toEqual([]);
    expect(await found(rewritten, checkpointAt(EVENTS))).toEqual([['checkpoint', EVENTS, null]]);
    expect(await found(LINES, checkpointAt(30, { recordedAt: '2025-01-01T00:00:00.000Z' }))).toEqual([
      ['checkpoint', 30, null],
    ]);
  });

  it('of another journal than was signed is told', async () => {
    await expect(check(LINES, checkpointAt(30, { journalId: BRANCH }))).rejects.toMatchObject({
      code: 'checkpoint-of-another-journal',
    });
  });

  it('that begins later is checked from there on, and right behind a checkpoint from its first event', async () => {
    const later = LINES.slice(20);
    expect(await check(later)).toMatchObject({ from: 21, events: 40, findingCount: 0 });
    expect(await found(later, checkpointAt(20))).toEqual([]);
    expect(await found(later, checkpointAt(20, { chainHash: at(19).chainHash }))).toEqual([
      ['changed', 21, nameAt(21)],
    ]);
    await expect(check(later, checkpointAt(19))).rejects.toMatchObject({ code: 'checkpoint-before-export' });
  });

  it('follows the chain over to another journal id', async () => {
    const branched: string[] = [];
    let previous = firstPrevious(at(40).chainHash, BRANCH);
    for (const row of rows.slice(40)) {
      const chainHash = (previous = chainHashOf(previous, row));
      branched.push(lineOf({ ...row, chainHash }, BRANCH));
    }
    const whole = [...LINES.slice(0, 40), ...branched];
    expect(await check(whole)).toMatchObject({ journalId: BRANCH, findings: [] });
    expect(await found(whole, checkpointAt(40))).toEqual([]);
    expect(await found(branched, checkpointAt(40))).toEqual([]);
    expect(
      await found([...LINES.slice(0, 40), ...LINES.slice(40).map((line) => line.replace(JOURNAL, BRANCH))]),
    ).toEqual([['branch', 41, null]]);
  });

  it('of no lines, or of something else, is no export', async () => {
    await expect(check([])).rejects.toMatchObject({ code: 'empty-export' });
    await expect(check(['{"specversion":"1.0"}'])).rejects.toMatchObject({ code: 'no-export' });
  });

  it('of which any one byte was changed is never taken as it was', async () => {
    const text = LINES.slice(0, 12).join('\n');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: Buffer.byteLength(text) - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, by) => {
          const bytes = Buffer.from(text);
          bytes[place] = (bytes[place] ?? 0) ^ by;
          async function* lines(): AsyncGenerator<Buffer> {
            let begin = 0;
            for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, begin)) {
              yield await Promise.resolve(bytes.subarray(begin, end));
              begin = end + 1;
            }
            yield bytes.subarray(begin);
          }
          const counted = await verifyExport(lines(), { against: checkpointAt(12) }).then(
            ({ findingCount }) => findingCount,
            () => 1,
          );
          expect(counted).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
