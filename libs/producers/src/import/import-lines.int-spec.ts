import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { feedHead, readStreams, verify } from '#libs/journal';
import { makePool } from '#libs/platform';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { itemized, line as pledgeLine } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { importLines, ImportStopped, type LineOutcome } from './import-lines.js';

let journal: TestJournal;

beforeEach(async () => {
  journal = await freshJournal();
});

afterEach(() => journal.close());

const event = (id: string, slug: string, type: string, data: object): string =>
  JSON.stringify({ specversion: '1.0', id, source: 'urn:test', type, subject: `pledge/${slug}`, data });
const opening = (slug: string): string => event(`open-${slug}`, slug, 'litopys.pledge.announced.v1', openingOf(slug));
const withLine = (slug: string, id: string): string =>
  event(`${slug}-${id}`, slug, 'litopys.pledge.itemized.v1', bodyOf(itemized([pledgeLine(id)])));

async function* linesOf(texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

/** Imports lines; answers what became of each, by number. */
async function importAll(texts: readonly string[], pool = journal.app): Promise<Map<number, LineOutcome>> {
  const outcomes = new Map<number, LineOutcome>();
  await importLines(pool, linesOf(texts), {
    actor: 'urn:test:import',
    now: () => '2025-11-24T10:00:00.000Z',
    onLine: (line, _bytes, outcome) => void outcomes.set(line, outcome),
  });
  return outcomes;
}

const refusalOf = (outcome: LineOutcome | undefined): string | undefined =>
  outcome && 'refused' in outcome ? outcome.refused.code : undefined;

it('takes the events of a stream in the order of their lines, among thousands of others', async () => {
  const slugs = Array.from({ length: 400 }, (_, index) => `stream-${index}`);
  const lines = [
    ...slugs.map(opening),
    ...['one', 'two', 'three'].flatMap((id) => slugs.map((slug) => withLine(slug, id))),
  ];
  const outcomes = await importAll(lines);
  expect([...outcomes.values()].filter((one) => 'refused' in one)).toEqual([]);
  const rows = await readStreams(journal.app, 'journal', ['pledge/stream-7', 'pledge/stream-399']);
  expect(rows.map(({ id }) => id)).toEqual(
    ['stream-399', 'stream-7'].flatMap((slug) => [`open-${slug}`, `${slug}-one`, `${slug}-two`, `${slug}-three`]),
  );
  expect((await feedHead(journal.app, 'journal')).position).toBe(1_600);
  expect((await verify(journal.app, 'journal')).findings).toEqual([]);
});

it('tells each refused line by its number, and takes the rest; blank lines count, and are nothing', async () => {
  const lines = ['', opening('one'), '{', '  \r', withLine('nobody', 'arms'), opening('two'), opening('one'), '[]'];
  const outcomes = await importAll(lines);
  expect([...outcomes.keys()].sort((a, b) => a - b)).toEqual([2, 3, 5, 6, 7, 8]);
  expect([3, 5, 8].map((line) => refusalOf(outcomes.get(line)))).toEqual([
    'validation',
    'stream-not-open',
    'validation',
  ]);
  expect(outcomes.get(7)).toMatchObject({ produced: { duplicate: true, version: 1 } });
  expect((await feedHead(journal.app, 'journal')).position).toBe(2);
});

it('knows every event again, and appends none twice', async () => {
  const lines = ['a-one', 'a-two'].flatMap((slug) => [opening(slug), withLine(slug, 'arms')]);
  await importAll(lines);
  const again = [...(await importAll(lines)).values()];
  expect(again.map((one) => 'produced' in one && one.produced.duplicate)).toEqual([true, true, true, true]);
  expect((await feedHead(journal.app, 'journal')).position).toBe(4);
});

it('refuses an event whose opening comes later in the file, as it would be over HTTP', async () => {
  const outcomes = await importAll([withLine('later', 'arms'), opening('later')]);
  expect(refusalOf(outcomes.get(1))).toBe('stream-not-open');
  expect(outcomes.get(2)).toMatchObject({ produced: { duplicate: false } });
});

it('stops where the journal is away, and names the first line that has no answer', async () => {
  const away = makePool('postgres://nobody@127.0.0.1:1/nothing');
  try {
    const stopped = await importAll(['', opening('one'), opening('two')], away).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(ImportStopped);
    expect((stopped as Error).message).toMatch(/^Stopped at line 2: /);
  } finally {
    await away.end();
  }
});

it('a failure of whoever is told stops the import, after all that was under way', async () => {
  const failing = importLines(journal.app, linesOf([opening('one'), opening('two')]), {
    actor: 'urn:test:import',
    now: () => '2025-11-24T10:00:00.000Z',
    onLine: () => Promise.reject(new Error('the disk is full')),
  });
  await expect(failing).rejects.toThrow('the disk is full');
});
