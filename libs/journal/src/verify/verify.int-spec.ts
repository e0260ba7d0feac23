import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from '../append/append.js';
import type { Feed } from '../row.js';
import { verify, type VerifyOptions } from './verify.js';

/** More than two pages. */
const EVENTS = 600;

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
  const requests = Array.from({ length: EVENTS }, (_, k) =>
    exampleRequest(`e${k}`, { stream: `pledge/stream-${k % 7}` }),
  );
  await append(journal.app, requests);
}, 60_000);
afterAll(() => journal.close());

/** Each test works in a transaction that is rolled back. */
let owner: PoolClient;
beforeEach(async () => {
  owner = await journal.owner.connect();
  await owner.query('begin');
});
afterEach(async () => {
  await owner.query('rollback');
  owner.release();
});

/** What only a superuser can do: change the past, with the triggers out of the way. */
async function tamper(feed: Feed, statement: string): Promise<void> {
  await owner.query(`
    alter table ${feed}.events disable trigger all;
    ${statement.replaceAll(':events', `${feed}.events`)};
    alter table ${feed}.events enable always trigger append_only`);
}

/** Two events change places; through a third, because of the key. */
async function swap(one: number, other: number): Promise<void> {
  await tamper('journal', `update :events set position = 9999 where position = ${one}`);
  await tamper('journal', `update :events set position = ${one} where position = ${other}`);
  await tamper('journal', `update :events set position = ${other} where position = 9999`);
}

const dropKeys = (): Promise<unknown> =>
  owner.query(
    'alter table journal.events drop constraint events_position, drop constraint events_version, drop constraint events_identity',
  );

const found = async (feed: Feed = 'journal', options: VerifyOptions = {}) =>
  (await verify(owner, feed, { page: 250, ...options })).findings.map(({ kind, position, name }) => [
    kind,
    position,
    name,
  ]);

async function fillReplica(upTo: number): Promise<void> {
  await owner.query('insert into replica.events select * from journal.events where position <= $1', [upTo]);
  await owner.query(
    `update replica.head set position = e.position, chain_hash = e.chain_hash, journal_id = h.journal_id
     from journal.events e, journal.head h where e.position = $1`,
    [upTo],
  );
}

describe('verify', () => {
  it('finds nothing where nothing is wrong, in an empty journal too, and tells how far it is', async () => {
    const seen: number[] = [];
    const onProgress = ({ position }: { position: number }) => seen.push(position);
    const whole = await verify(owner, 'journal', { page: 250, onProgress });
    expect(whole).toMatchObject({ from: 1, upTo: EVENTS, events: EVENTS, findings: [], findingCount: 0 });
    expect(seen).toEqual([250, 500, 600]);
    expect(await verify(owner, 'replica')).toMatchObject({ upTo: 0, chainHash: null, findings: [] });
  });

  it('runs as an app', async () => {
    expect(await verify(journal.app, 'journal')).toMatchObject({ events: EVENTS, findingCount: 0 });
  });

  it.each([
    ['stream', `'pledge/another'`],
    ['version', '99'],
    ['source', `'urn:another'`],
    ['id', `'another'`],
    ['fingerprint', `sha256('other')`],
    ['type', `'litopys.pledge.amended.v1'`],
    ['dataschema', `'urn:another'`],
    ['time', 'now()'],
    ['known_since', `'2020-01-01'`],
    ['known_basis', `'presumed'`],
    ['actor', `'someone'`],
    ['correlation_id', `'a'`],
    ['causation_id', `''`],
    ['recorded_at', `recorded_at + interval '1 ms'`],
    ['data_hash', `sha256('other')`],
    ['chain_hash', `sha256('other')`],
  ])('names the one event whose %s was changed', async (column, value) => {
    await tamper('journal', `update :events set ${column} = ${value} where position = 300`);
    const findings = (await verify(owner, 'journal', { page: 250 })).findings;
    const name = column === 'stream' ? 'pledge/another@43' : `pledge/stream-5@${column === 'version' ? 99 : 43}`;
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'changed', position: 300, name }));
    expect(findings.filter(({ position }) => position !== 300)).toEqual([]);
  });

  it.each([
    ['a time that is no time, where none was', `time = 'infinity'`],
    ['a day before Christ, which to_char tells like one after', `known_since = '2025-08-24 BC'`],
    ['an hour before Christ', `recorded_at = (to_char(recorded_at, 'YYYY-MM-DD HH24:MI:SS.MS') || ' BC')::timestamptz`],
    ['no day at all', `known_since = '-infinity'`],
    ['an empty text, where none was', `causation_id = ''`],
  ])('is not deceived by a value that looks like another: %s', async (_what, change) => {
    await tamper('journal', `update :events set ${change} where position = 300`);
    expect(await found()).toEqual([['changed', 300, 'pledge/stream-5@43']]);
  });

  it('names a data text that was changed to one that means the same', async () => {
    await tamper('journal', `update :events set data = replace(data, ':', ': ') where position = 300`);
    expect(await found()).toEqual([['data-changed', 300, 'pledge/stream-5@43']]);
  });

  it('names each of several events that were changed, beyond those whose place is looked for', async () => {
    await tamper('journal', `update :events set actor = 'someone' where position % 20 = 0`);
    expect(await found()).toEqual(
      Array.from({ length: 30 }, (_, k) => ['changed', 20 * k + 20, expect.stringMatching(/^pledge/)]),
    );
  });

  it('names an event whose data is not what its hash is of, while the chain holds', async () => {
    await tamper('journal', `update :events set data = '{}' where position = 7`);
    expect(await found()).toEqual([['data-changed', 7, 'pledge/stream-6@1']]);
  });

  it('names what is missing, at the seam of two pages as well', async () => {
    await tamper('journal', `delete from :events where position in (1, 250, 251, 252, 400)`);
    expect(await found()).toEqual([
      ['missing', 1, null],
      ['missing', 250, null],
      ['missing', 400, null],
    ]);
  });

  it('names a tail that was cut, and not one event more', async () => {
    await tamper('journal', `delete from :events where position > 590`);
    expect(await found()).toEqual([['missing', 591, null]]);
  });

  it('names two events that changed places, and not their neighbours', async () => {
    await swap(100, 480);
    const { findings } = await verify(owner, 'journal');
    expect(findings.map(({ kind, position, detail }) => [kind, position, detail])).toEqual([
      ['reordered', 100, 'It belongs at position 480.'],
      ['reordered', 480, 'It belongs at position 100.'],
    ]);
  });

  it('names neighbours that changed places', async () => {
    await swap(250, 251);
    expect((await found()).map(([kind, position]) => [kind, position])).toEqual([
      ['reordered', 250],
      ['reordered', 251],
    ]);
  });

  it('names an event that was moved to the end', async () => {
    await tamper('journal', `update :events set position = 601 where position = 30`);
    expect((await found()).map(([kind, position]) => [kind, position])).toEqual([
      ['missing', 30],
      ['head', 600],
      ['reordered', 601],
    ]);
  });

  it('names an event that stands twice, at its own position or at another', async () => {
    await dropKeys();
    await tamper('journal', `insert into :events select * from :events where position = 250`);
    expect(await found()).toEqual([['doubled', 250, 'pledge/stream-4@36']]);
    await tamper('journal', `delete from :events where position = 500`);
    await tamper('journal', `create temp table twin on commit drop as select * from :events where position = 20`);
    await tamper('journal', `update twin set position = 500; insert into :events select * from twin`);
    expect((await found()).map(([kind, position]) => [kind, position])).toContainEqual(['doubled', 500]);
  });

  it('names a head that does not tell where the events end', async () => {
    const at = async (change: string) => {
      await owner.query(`update journal.head set ${change}`);
      return (await verify(owner, 'journal')).findings.map(({ kind, detail }) => [kind, detail]);
    };
    const { rows } = await owner.query<{ hash: string }>(`select encode(chain_hash, 'hex') as hash from journal.head`);
    expect(await at(`chain_hash = sha256('other')`)).toEqual([
      ['head', 'The chain hash of the head is not that of the last event.'],
    ]);
    expect(await at(`chain_hash = decode('${rows[0]?.hash}', 'hex'), position = 590`)).toEqual([
      ['head', 'The head stands at 590, the last event at 600.'],
    ]);
    expect(await at(`position = 610`)).toEqual([
      ['missing', expect.stringContaining('Positions 601 to 610 are missing')],
    ]);
    expect(await at(`position = 600, journal_id = gen_random_uuid()`)).toEqual([
      ['head', expect.stringContaining('did not begin here')],
    ]);
  });

  it('goes from a position on, and trusts what stands before it', async () => {
    await tamper('journal', `update :events set actor = 'someone' where position in (10, 400)`);
    expect((await found('journal', { from: 11 })).map(([, position]) => position)).toEqual([400]);
    expect(await verify(owner, 'journal', { from: 401 })).toMatchObject({ events: 200, findingCount: 0 });
    expect(await verify(owner, 'journal', { from: 601 })).toMatchObject({ events: 0, findingCount: 0 });
  });

  it('names a journal id that does not begin where it is said to', async () => {
    const other = 'b0b0b0b0-0000-4000-8000-000000000000';
    const branches = (change: string) =>
      owner.query(`alter table journal.branches disable trigger all; savepoint before; ${change}`);
    const undo = () => owner.query('rollback to before');
    await branches(`insert into journal.branches values (300, '${other}')`);
    expect(await found()).toEqual([
      ['branch', 300, null],
      ['head', 600, null],
    ]);
    await undo();
    await branches(`update journal.branches set journal_id = '${other}'`);
    expect(await found()).toEqual([
      ['branch', 1, null],
      ['head', 600, null],
    ]);
    await undo();
    await branches('delete from journal.branches');
    expect(await found()).toEqual([
      ['branch', 1, null],
      ['head', 600, null],
    ]);
  });

  it('names a branch that was taken out, and whose', async () => {
    await owner.query(
      `with b as (insert into journal.branches values (601, gen_random_uuid()) returning journal_id)
       update journal.head set journal_id = b.journal_id from b`,
    );
    await append(owner, [exampleRequest('x'), exampleRequest('y')]);
    await owner.query(
      'alter table journal.branches disable trigger all; delete from journal.branches where from_position = 601',
    );
    const { findings } = await verify(owner, 'journal');
    const { rows } = await owner.query<{ id: string }>('select journal_id as id from journal.head');
    expect(findings.map(({ kind, position, detail }) => [kind, position, detail])).toEqual([
      ['branch', 601, `The journal ${rows[0]?.id} began here.`],
      ['head', 602, expect.stringContaining('did not begin here')],
    ]);
  });

  it('follows the chain over to another journal id', async () => {
    await owner.query(
      `with b as (insert into journal.branches values (601, gen_random_uuid()) returning journal_id)
       update journal.head set journal_id = b.journal_id from b`,
    );
    await append(owner, [exampleRequest('x'), exampleRequest('y')]);
    expect(await verify(owner, 'journal')).toMatchObject({ events: 602, findingCount: 0 });
    expect(await verify(owner, 'journal', { from: 601 })).toMatchObject({ events: 2, findingCount: 0 });
  });

  it('checks a replica up to its head, and lets events be that came early', async () => {
    await fillReplica(500);
    await owner.query('insert into replica.events select * from journal.events where position > 510');
    expect(await verify(owner, 'replica')).toMatchObject({ upTo: 500, events: 500, findingCount: 0 });
    await tamper('replica', `update :events set actor = 'someone' where position = 33`);
    await tamper('replica', `delete from :events where position = 44`);
    expect(await found('replica')).toEqual([
      ['changed', 33, 'pledge/stream-4@5'],
      ['missing', 44, null],
    ]);
  });

  it('keeps what it says short where everything is wrong', async () => {
    await tamper('journal', `update :events set actor = 'someone'`);
    const { findings, findingCount } = await verify(owner, 'journal');
    expect([findings.length, findingCount]).toEqual([100, EVENTS]);
  });
});
