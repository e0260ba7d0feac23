import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from '#libs/platform';
import { eventually } from '../../../../test/support/eventually.js';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from '../append/append.js';

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
  await append(journal.app, [exampleRequest('a'), exampleRequest('b')]);
});
afterAll(() => journal.close());

const REFUSED_BY_TRIGGER = { code: '23001' };
const REFUSED_BY_ROLE = { code: '42501' };

const changes = (table: string): string[] => [
  `update journal.${table} set journal_id = journal_id`,
  `delete from journal.${table}`,
  `truncate journal.${table}`,
];
const ofEvents = [
  `update journal.events set actor = 'nobody' where position = 1`,
  `update journal.events set actor = 'nobody' where false`,
  `delete from journal.events where position = 2`,
  `truncate journal.events`,
  `insert into journal.events select * from journal.events on conflict (position) do update set actor = 'nobody'`,
  `merge into journal.events e using journal.events f on e.position = f.position when matched then delete`,
];

describe('events and branches, once recorded', () => {
  it.each([...ofEvents, ...changes('branches')])('are not changed, not even by their owner: %s', async (statement) => {
    await expect(journal.owner.query(statement)).rejects.toMatchObject(REFUSED_BY_TRIGGER);
  });

  it.each([...ofEvents, ...changes('branches')])('are not changed where triggers are off: %s', async (statement) => {
    const client = await journal.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await expect(client.query(statement)).rejects.toMatchObject(REFUSED_BY_TRIGGER);
    } finally {
      client.release(true);
    }
  });

  it('stand as they were', async () => {
    const { rows } = await journal.app.query<{ actor: string }>('select actor from journal.events order by position');
    expect(rows.map(({ actor }) => actor)).toEqual(['key:test', 'key:test']);
  });
});

/** Whether a connection waits for another one. */
async function isBlocked(): Promise<boolean> {
  const { rowCount } = await journal.owner.query(
    `select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
  );
  return rowCount !== 0;
}

describe('the role of the apps', () => {
  it.each([
    ...ofEvents,
    ...changes('branches'),
    ...changes('head'),
    `insert into journal.events select * from journal.events`,
    `insert into journal.branches values (9, gen_random_uuid())`,
    `insert into journal.head select * from journal.head`,
    `select * from journal.head for update`,
    `delete from journal.relay_progress`,
    `create table journal.mine ()`,
    `alter table journal.events disable trigger all`,
    `drop function journal.append`,
  ])('may not: %s', async (statement) => {
    await expect(journal.app.query(statement)).rejects.toMatchObject(REFUSED_BY_ROLE);
  });

  it('reads, appends through the function, and keeps the relay’s progress', async () => {
    expect(await append(journal.app, [exampleRequest('c')])).toMatchObject([{ verdict: 'appended', position: 3 }]);
    const { rowCount } = await journal.app.query('select from journal.events, journal.head, journal.branches');
    expect(rowCount).toBe(3);
    await journal.app.query(`insert into journal.relay_progress values ('t', 0)`);
    await journal.app.query(`update journal.relay_progress set position = 3 where topic = 't'`);
  });

  it('owns nothing, and the function cannot be led astray by what a session makes for itself', async () => {
    const { rows } = await journal.app.query(`select from pg_class where relowner = 'litopys_app'::regrole`);
    expect(rows).toHaveLength(0);
    const client = await journal.app.connect();
    try {
      await client.query('create temp table events (like journal.events); create temp table head (position bigint)');
      await client.query('set search_path = pg_temp, public');
      expect(await append(client, [exampleRequest('d')])).toMatchObject([{ verdict: 'appended', position: 4 }]);
    } finally {
      client.release(true);
    }
  });

  it('is made once, however many databases of a cluster are migrated at the same moment', async () => {
    const role = `litopys_race_${randomUUID().replaceAll('-', '')}`;
    const creation = sql(import.meta.url, 'role').replaceAll('litopys_app', role);
    const [first, second] = [await journal.owner.connect(), await journal.owner.connect()];
    try {
      await first.query(`begin; ${creation}`);
      const waiting = second.query(creation);
      await eventually(isBlocked);
      await first.query('commit');
      await waiting;
      await second.query(creation);
      await first.query(`drop role ${role}`);
    } finally {
      first.release();
      second.release();
    }
  });
});
