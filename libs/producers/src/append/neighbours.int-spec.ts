import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { readStreams } from '#libs/journal';
import { makePool } from '#libs/platform';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { restated } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { produce } from './produce.js';

const NOW = '2025-11-24T10:00:00.000Z';

let journal: TestJournal;

beforeAll(async () => {
  journal = await freshJournal();
});

afterAll(() => journal.close());

interface Sent {
  readonly id: string;
  readonly now?: string;
}

const restate = (pool: Pool, stream: string, { id, now = NOW }: Sent) =>
  produce(
    pool,
    {
      specversion: '1.0',
      id,
      source: 'urn:test',
      type: 'litopys.pledge.restated.v1',
      subject: stream,
      data: bodyOf(restated()),
    },
    { actor: 'test', now },
  ).then(
    ({ version }) => version,
    ({ message }: Error) => message,
  );

async function open(slug: string): Promise<string> {
  const type = 'litopys.pledge.announced.v1';
  const event = { specversion: '1.0', id: slug, source: 'urn:test', type, subject: `pledge/${slug}` };
  await produce(journal.app, { ...event, data: openingOf(slug) }, { actor: 'test', now: NOW });
  return `pledge/${slug}`;
}

/** A pool to a database that fails on each append with this id in it, before it is carried out. */
function failingOn(id: string, error: Error): Pool {
  const pool = makePool(journal.url, { role: 'litopys_app' });
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  pool.query = (async (...args: unknown[]) => {
    const { name, values = [] } = args[0] as { name?: string; values?: unknown[] };
    if (name === 'journal-append' && (values[3] as string[]).includes(id)) throw error;
    return query(...args);
  }) as unknown as Pool['query'];
  return pool;
}

it('an event that the database refuses spoils none of those that were appended with it', async () => {
  const stream = await open('refused-by-database');
  const pool = failingOn('bad', Object.assign(new Error('cannot be stored'), { code: '54000' }));
  try {
    const sent = ['first', 'good', 'bad', 'after', 'last'].map((id) => restate(pool, stream, { id }));
    expect(await Promise.all(sent)).toEqual([2, 3, 'cannot be stored', 4, 5]);
    expect(await readStreams(journal.app, 'journal', [stream])).toHaveLength(5);
  } finally {
    await pool.end();
  }
});

it('an event during which the journal goes away is told to be sent again, by its id; what stands is answered', async () => {
  const stream = await open('away-in-between');
  const pool = failingOn('lost', Object.assign(new Error('read-only'), { code: '25006' }));
  try {
    const sent = ['ahead', 'taken', 'lost', 'behind'].map((id) => restate(pool, stream, { id }));
    const [ahead, taken, lost, behind] = await Promise.all(sent);
    expect([ahead, taken]).toEqual([2, 3]);
    expect(lost).toMatch(/did not say whether it has the event lost of urn:test/);
    expect(behind).toMatch(/did not say whether it has the event behind of urn:test/);
  } finally {
    await pool.end();
  }
});

it('an event that cannot be decided spoils none of those that are decided with it', async () => {
  const stream = await open('undecidable');
  const sent: Sent[] = [{ id: 'one' }, { id: 'two' }, { id: 'three', now: 'no instant' }, { id: 'four' }];
  const [one, two, three, four] = await Promise.all(sent.map((each) => restate(journal.app, stream, each)));
  expect([one, two, four]).toEqual([2, 3, 4]);
  expect(three).toMatch(/invalid/i);
});
