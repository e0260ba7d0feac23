import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleRequest, freshJournal, type TestJournal } from '../../../test/support/journal.js';
import { append } from './append/append.js';
import { feedHead, findByIdentity, lastPositionAt, readEvent, readFeed, readStreams } from './read.js';

/** A journal of 30 events over 10 streams, and its replica, which lacks position 21. */
const HEAD = 20;
let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
  for (let call = 0; call < 3; call++) {
    const requests = Array.from({ length: 10 }, (_, k) =>
      exampleRequest(`${call}-${k}`, { stream: `pledge/stream-${k}` }),
    );
    await append(journal.app, requests);
  }
  await journal.owner.query('insert into replica.events select * from journal.events where position <> 21');
  await journal.owner.query(
    `update replica.head set position = e.position, chain_hash = e.chain_hash, journal_id = h.journal_id
     from journal.events e, journal.head h where e.position = $1`,
    [HEAD],
  );
});
afterAll(() => journal.close());

const positions = (rows: readonly { position: number }[]): number[] => rows.map(({ position }) => position);
const from = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, k) => first + k);

describe.each([
  ['journal', 30],
  ['replica', HEAD],
] as const)('the feed %s', (feed, end) => {
  it('is read in position order, up to its head', async () => {
    expect(positions(await readFeed(journal.owner, feed, { after: 0, limit: 100 }))).toEqual(from(1, end));
    expect(positions(await readFeed(journal.owner, feed, { after: 3, upTo: 9, limit: 100 }))).toEqual(from(4, 9));
    expect(positions(await readFeed(journal.owner, feed, { after: 3, limit: 2 }))).toEqual([4, 5]);
    expect(await feedHead(journal.owner, feed)).toMatchObject({ position: end });
  });

  it('falls into lanes, each stream in one', async () => {
    const lanes = await Promise.all(
      [0, 1, 2].map((lane) => readFeed(journal.owner, feed, { after: 0, limit: 100, lane: { lane, lanes: 3 } })),
    );
    expect(positions(lanes.flat()).sort((a, b) => a - b)).toEqual(from(1, end));
    const streamsOf = lanes.map((rows) => [...new Set(rows.map(({ stream }) => stream))]);
    expect(new Set(streamsOf.flat()).size).toBe(streamsOf.flat().length);
    for (const rows of lanes) expect(positions(rows)).toEqual(positions(rows).toSorted((a, b) => a - b));
    expect(streamsOf.filter((streams) => streams.length > 0).length).toBeGreaterThan(1);
  });

  it('gives streams whole, by version, up to a position', async () => {
    const streams = ['pledge/stream-3', 'pledge/stream-1', 'pledge/nowhere'];
    const rows = await readStreams(journal.owner, feed, streams);
    expect(rows.map(({ stream, version }) => `${stream}@${version}`).slice(0, 3)).toEqual([
      'pledge/stream-1@1',
      'pledge/stream-1@2',
      end === 30 ? 'pledge/stream-1@3' : 'pledge/stream-3@1',
    ]);
    expect(positions(await readStreams(journal.owner, feed, streams, { upTo: 13 }))).toEqual([2, 12, 4]);
  });

  it('gives one event by name or identity, or null', async () => {
    expect(await readEvent(journal.owner, feed, 'pledge/stream-4', 2)).toMatchObject({ position: 15, id: '1-4' });
    expect(await readEvent(journal.owner, feed, 'pledge/stream-4', 9)).toBeNull();
    expect(await findByIdentity(journal.owner, feed, 'urn:litopys:test', '1-4')).toMatchObject({ position: 15 });
    expect(await findByIdentity(journal.owner, feed, 'urn:other', '1-4')).toBeNull();
    expect((await readEvent(journal.owner, feed, 'pledge/stream-4', 3)) === null).toBe(feed === 'replica');
  });

  it('knows its last position at an instant', async () => {
    const event = await readEvent(journal.owner, feed, 'pledge/stream-9', 1);
    expect(await lastPositionAt(journal.owner, feed, '2000-01-01T00:00:00Z')).toBe(0);
    expect(await lastPositionAt(journal.owner, feed, event?.recordedAt ?? '')).toBeGreaterThanOrEqual(10);
    expect(await lastPositionAt(journal.owner, feed, '2100-01-01T00:00:00+02:00')).toBe(end);
  });

  it('reads the same whatever the session’s time zone and date style are', async () => {
    const client = await journal.owner.connect();
    try {
      const before = await readFeed(client, feed, { after: 0, limit: 1 });
      await client.query(`set timezone = 'Asia/Beirut'; set datestyle = 'german'; set bytea_output = 'escape'`);
      expect(await readFeed(client, feed, { after: 0, limit: 1 })).toEqual(before);
    } finally {
      client.release(true);
    }
  });
});
