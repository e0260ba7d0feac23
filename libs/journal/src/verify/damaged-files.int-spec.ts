import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { exampleRequest } from '../../../../test/support/journal.js';
import { migrateTemplate } from '../../../../test/support/migrate.js';
import { makePool, startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/platform';
import { append } from '../append/append.js';
import { verify } from './verify.js';

jest.setTimeout(120_000);

/** One byte is changed in the files of a PostgreSQL of this test's own, while that is stopped. */

const EVENTS = 120;
const HIT = 60;
const LONG = 90;
const PAGE_BYTES = 8192;

const dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-damaged-'));
chmodSync(dataDir, 0o755);

let server: EmbeddedPostgres | undefined;
let pool: Pool;
/** Files of the cluster, whole paths. */
let files: { readonly events: string; readonly toast: string; readonly index: string; readonly head: string };
let mended: (() => void)[] = [];

async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  server = await startEmbeddedPostgres({ dataDir, durable: false, settings });
  pool = makePool(server.url);
}

async function stop(): Promise<void> {
  await pool.end();
  await server?.stop();
  server = undefined;
}

/** Changes the byte at a place of a file, for this test alone. */
function flip(file: string, at: number): void {
  const [byte = 0] = readFileSync(file).subarray(at, at + 1);
  const put = (value: number): void => {
    const open = openSync(file, 'r+');
    writeSync(open, Buffer.of(value), 0, 1, at);
    closeSync(open);
  };
  put(byte ^ 0x01);
  mended.push(() => put(byte));
}

/** Where a text stands in a file; the test is of that very byte. */
function placeOf(text: string | Buffer, file: string): number {
  const at = readFileSync(file).indexOf(text);
  if (at < 0) throw new Error(`${file} does not hold ${text.toString()}`);
  return at;
}

async function readFiles(): Promise<typeof files> {
  const { rows } = await pool.query<{ dir: string; events: string; toast: string; index: string; head: string }>(`
    select current_setting('data_directory') as dir,
      pg_relation_filepath('journal.events') as events,
      pg_relation_filepath(reltoastrelid::regclass) as toast,
      pg_relation_filepath('journal.events_position') as index,
      pg_relation_filepath('journal.head') as head
    from pg_class where oid = 'journal.events'::regclass`);
  const { dir = '', ...found } = rows[0] ?? { events: '', toast: '', index: '', head: '' };
  const at = (file: string): string => path.join(dir, file);
  return { events: at(found.events), toast: at(found.toast), index: at(found.index), head: at(found.head) };
}

/** Positions of the events on the page of the table that a byte is on. */
async function positionsOnPage(at: number): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>(
    `select position from journal.events where (ctid::text::point)[0] = $1 order by position`,
    [Math.floor(at / PAGE_BYTES)],
  );
  return rows.map(({ position }) => position);
}

const long = randomBytes(20_000);

beforeAll(async () => {
  await start();
  await migrateTemplate(server?.url ?? '');
  const dataOf = (position: number): string =>
    JSON.stringify({ title: `event ${position}`, text: position === LONG ? long.toString('hex') : 'x'.repeat(300) });
  await append(
    pool,
    Array.from({ length: EVENTS }, (_, index) =>
      exampleRequest(`e${index + 1}`, {
        stream: `pledge/stream-${(index + 1) % 7}`,
        actor: `actor-${index + 1}!`,
        data: dataOf(index + 1),
      }),
    ),
  );
  await pool.query('checkpoint');
  files = await readFiles();
});
afterEach(async () => {
  if (server) await stop();
  for (const mend of mended.reverse()) mend();
  mended = [];
  await start();
  expect(await verify(pool, 'journal')).toMatchObject({ events: EVENTS, findingCount: 0 });
});
afterAll(async () => {
  if (server) await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('a byte of an event in the table: all events on its page are named, the others are checked', async () => {
  const at = placeOf(`event ${HIT}"`, files.events);
  const lost = await positionsOnPage(at);
  expect(lost).toContain(HIT);
  await stop();
  flip(files.events, at);
  await start();
  const { findings, events } = await verify(pool, 'journal');
  const [first, last] = [lost[0] ?? 0, lost.at(-1) ?? 0];
  const block = Math.floor(at / PAGE_BYTES);
  expect(findings).toEqual([
    {
      kind: 'unreadable',
      position: first,
      name: null,
      detail: expect.stringMatching(
        `^Positions ${first} to ${last} are not readable: invalid page in block ${block} of`,
      ),
    },
  ]);
  expect(events).toBe(EVENTS - lost.length);
});

it.each([
  ['its data', 'data-changed', `event ${HIT}"`],
  ['its actor', 'changed', `actor-${HIT}!`],
])('past checksums, the event is named whose %s has another byte', async (_what, kind, text) => {
  await stop();
  flip(files.events, placeOf(text, files.events));
  await start({ ignore_checksum_failure: 'on' });
  const { findings } = await verify(pool, 'journal');
  expect(findings).toEqual([expect.objectContaining({ kind, position: HIT, name: `pledge/stream-${HIT % 7}@9` })]);
});

it('a byte of a long text, which stands elsewhere: its event is named, and the chain goes on over it', async () => {
  await stop();
  flip(files.toast, placeOf(long.toString('hex').slice(4000, 4020), files.toast));
  await start();
  const { findings, events } = await verify(pool, 'journal');
  expect(findings).toEqual([
    {
      kind: 'unreadable',
      position: LONG,
      name: `pledge/stream-${LONG % 7}@13`,
      detail: expect.stringContaining('Its data cannot be read: invalid page'),
    },
  ]);
  expect(events).toBe(EVENTS);
});

it('a byte of the index that events are read by: what cannot be found by it is named', async () => {
  await stop();
  flip(files.index, PAGE_BYTES + 100);
  await start();
  const { findings } = await verify(pool, 'journal');
  expect(findings).toEqual([
    expect.objectContaining({ kind: 'unreadable', position: 1, detail: expect.stringContaining(`1 to ${EVENTS} are`) }),
  ]);
});

it('a byte of the head: there is nothing to check against, and that is said', async () => {
  await stop();
  flip(files.head, PAGE_BYTES - 100);
  await start();
  await expect(verify(pool, 'journal')).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('journal.head cannot be read: invalid page'),
  });
});
