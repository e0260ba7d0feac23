import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { feedHead, readFeed, verify } from '#libs/journal';
import { bodyOf, openingOf } from './support/domain/bodies.js';
import { restated } from './support/domain/commands.js';
import { eventually } from './support/eventually.js';
import { freshJournal, type TestJournal } from './support/journal.js';
import { endScripts, runScript, startScript } from './support/script.js';

jest.setTimeout(240_000);

const CLI = 'apps/cli/src/main.js';
const STREAMS = process.env['FAULTS'] ? 10_000 : 1_500;

let journal: TestJournal;
const folder = mkdtempSync(path.join(tmpdir(), 'litopys-import-'));

beforeAll(async () => {
  journal = await freshJournal();
});

afterAll(async () => {
  await endScripts();
  await journal.close();
  rmSync(folder, { recursive: true });
});

const event = (id: string, slug: string, type: string, data: object): string =>
  JSON.stringify({ specversion: '1.0', id, source: 'urn:test:import', type, subject: `pledge/${slug}`, data });

/** Streams of two events each; every hundredth stream is never opened, so its second event is refused. */
function lines(): string[] {
  return Array.from({ length: STREAMS }, (_, index) => `import-${index}`).flatMap((slug, index) => [
    index % 100 === 99 ? '' : event(`${slug}-1`, slug, 'litopys.pledge.announced.v1', openingOf(slug)),
    event(`${slug}-2`, slug, 'litopys.pledge.restated.v1', bodyOf(restated())),
  ]);
}

const NEVER_OPENED = STREAMS / 100;
const STANDING = (STREAMS - NEVER_OPENED) * 2;

it('a packed file that is killed in the middle is run again, and every event stands once', async () => {
  const file = path.join(folder, 'events.ndjson.gz');
  writeFileSync(file, gzipSync(lines().join('\n')));
  const env = { DATABASE_URL: journal.url };
  const position = async (): Promise<number> => (await feedHead(journal.app, 'journal')).position;

  const killed = startScript(CLI, env, ['append', file]);
  await eventually(position, (at) => at > 0);
  killed.signal('SIGKILL');
  await killed.ended;
  const before = await position();

  const rejected = path.join(folder, 'rejected.ndjson');
  const { code, said } = await runScript(CLI, env, ['append', file, '--rejected', rejected]);
  expect(code).toBe(1);
  const [, appended, known, refused] = /([\d,]+) appended, ([\d,]+) there already, ([\d,]+) refused/.exec(said) ?? [];
  const number = (text = ''): number => Number(text.replaceAll(',', ''));
  expect([number(appended) + number(known), number(refused)]).toEqual([STANDING, NEVER_OPENED]);
  // What the killed process had sent may have been taken after it was gone.
  expect(number(known)).toBeGreaterThanOrEqual(before);

  const rows = await readFeed(journal.app, 'journal', { after: 0, limit: STANDING + 1 });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(STANDING);
  expect(rows).toHaveLength(STANDING);
  expect((await verify(journal.app, 'journal')).findings).toEqual([]);

  const kept = readFileSync(rejected, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RejectedLine);
  expect(kept.map(({ line }) => line).sort((a, b) => a - b)).toEqual(
    Array.from({ length: NEVER_OPENED }, (_, index) => (index + 1) * 200),
  );
  for (const { problem, sent } of kept) {
    expect(problem.code).toBe('stream-not-open');
    expect((JSON.parse(sent) as { subject: string }).subject).toMatch(/^pledge\/import-\d*99$/);
  }
});

interface RejectedLine {
  readonly line: number;
  readonly problem: { readonly code: string };
  readonly sent: string;
}

it('a file that is cut off in its packing says so, and what stood before it is taken', async () => {
  const file = path.join(folder, 'cut.gz');
  writeFileSync(file, gzipSync(lines().slice(0, 20).join('\n')).subarray(0, -6));
  const { code, said } = await runScript(CLI, { DATABASE_URL: journal.url }, ['append', file]);
  expect([code, said]).toEqual([4, expect.stringContaining('cannot be unpacked')]);
});

it('a folder is no file', async () => {
  const { code, said } = await runScript(CLI, { DATABASE_URL: journal.url }, ['append', folder]);
  expect([code, said]).toEqual([2, expect.stringContaining('cannot be read')]);
});
