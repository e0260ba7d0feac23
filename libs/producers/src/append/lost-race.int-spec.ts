import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { eventType, type EventTypeName } from '#libs/contracts';
import { makePool } from '#libs/platform';
import { aboutIt, bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { restated, retracted } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { MAX_REDECISIONS } from '../limits.js';
import { produce } from './produce.js';

let journal: TestJournal;

beforeAll(async () => {
  journal = await freshJournal();
});

afterAll(() => journal.close());

const options = { actor: 'test', now: '2025-11-24T10:00:00.000Z' };
let sent = 0;

const send = (pool: Pool, stream: string, type: EventTypeName, data: object) =>
  produce(
    pool,
    { specversion: '1.0', id: `event-${++sent}`, source: 'urn:test', type: eventType(type), subject: stream, data },
    options,
  ).then(
    ({ version }) => version,
    (error: { code: string }) => error.code,
  );

const restate = (pool: Pool, stream: string) => send(pool, stream, 'pledge.restated', bodyOf(restated()));

const retract = (pool: Pool, stream: string, scope: 'event' | 'stream') =>
  send(pool, stream, 'record.retracted', { ...aboutIt(retracted(), `${stream}@1`), scope });

/** Another process' pool, with something done just before each of its appends, once it has read the stream. */
function interrupted(before: (append: number) => Promise<unknown>): Pool {
  const pool = makePool(journal.url, { role: 'litopys_app' });
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  let appends = 0;
  pool.query = (async (...args: unknown[]) => {
    if ((args[0] as { name?: string }).name === 'journal-append') await before(++appends);
    return query(...args);
  }) as unknown as Pool['query'];
  return pool;
}

it('what was decided beside an event that lost its race is decided again', async () => {
  const stream = 'pledge/beside';
  await send(journal.app, stream, 'pledge.announced', openingOf('beside'));
  // The first append carries the stream's retraction, which the other process makes void.
  const pool = interrupted((append) => (append === 1 ? retract(journal.app, stream, 'event') : Promise.resolve()));
  try {
    const outcomes = await Promise.all([
      restate(pool, stream),
      retract(pool, stream, 'stream'),
      // Refused beside that retraction, taken without it.
      restate(pool, stream),
    ]);
    expect(outcomes).toEqual([3, 'already-retracted', 4]);
  } finally {
    await pool.end();
  }
});

it(`an event whose stream is never left alone is told to come again after ${MAX_REDECISIONS} more tries`, async () => {
  const stream = 'pledge/busy';
  await send(journal.app, stream, 'pledge.announced', openingOf('busy'));
  let tries = 0;
  const pool = interrupted(async () => {
    tries++;
    await restate(journal.app, stream);
  });
  try {
    expect(await restate(pool, stream)).toBe('stream-busy');
    expect(tries).toBe(MAX_REDECISIONS + 1);
    // The next one has its tries for itself.
    expect(await restate(journal.app, stream)).toBe(MAX_REDECISIONS + 3);
  } finally {
    await pool.end();
  }
});
