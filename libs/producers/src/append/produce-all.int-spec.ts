import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { eventType, type EventTypeName } from '#libs/contracts';
import { feedHead, readFeed, readStreams, verify } from '#libs/journal';
import { makePool, toProblem, type LitopysError } from '#libs/platform';
import { aboutIt, bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { itemized, line, restated, retracted } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { MAX_BATCH } from '../limits.js';
import { produceAll } from './produce-all.js';
import { produce } from './produce.js';

let journal: TestJournal;

beforeAll(async () => {
  journal = await freshJournal();
});

afterAll(() => journal.close());

const options = { actor: 'test', now: '2025-11-24T10:00:00.000Z' };

const eventOf = (id: string, stream: string, type: EventTypeName, data: object) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: eventType(type),
  subject: stream,
  data,
});
const open = (slug: string) =>
  eventOf(`open ${slug}`, `pledge/the-${slug}`, 'pledge.announced', openingOf(`the-${slug}`));
const restate = (slug: string, id: string) =>
  eventOf(`${slug} ${id}`, `pledge/the-${slug}`, 'pledge.restated', bodyOf(restated()));
const itemize = (slug: string, lineId: string, id = lineId) =>
  eventOf(`${slug} ${id}`, `pledge/the-${slug}`, 'pledge.itemized', bodyOf(itemized([line(lineId)])));
const retract = (slug: string) =>
  eventOf(`retract ${slug}`, `pledge/the-${slug}`, 'record.retracted', {
    ...aboutIt(retracted(), `pledge/the-${slug}@1`),
    scope: 'stream',
  });

const send = (batch: readonly unknown[], pool = journal.app) => produceAll(pool, batch, options);
const head = async (): Promise<number> => (await feedHead(journal.app, 'journal')).position;
const versionsOf = async (slug: string) =>
  (await readStreams(journal.app, 'journal', [`pledge/the-${slug}`])).map(({ version }) => version);

async function refusalOf(work: Promise<unknown>): Promise<LitopysError> {
  const before = await head();
  const error = await work.then(
    () => Promise.reject(new Error('it was not refused')),
    (refusal: unknown) => refusal as LitopysError,
  );
  // Whatever it was refused for, nothing of it is there.
  expect(await head()).toBe(before);
  return error;
}

const told = ({ errors }: LitopysError) => errors.map(({ field, rule }) => [field, rule]);

describe('a batch with too much in it', () => {
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, 1]));

  it('is refused for an event that is too large before that is looked at any further', async () => {
    const large = { ...open('large'), data: { ...openingOf('the-large'), citations: [{ says: keys(400_000) }] } };
    const error = await refusalOf(send([open('beside-large'), large]));
    expect([error.status, told(error)]).toEqual([413, [['/1', 'event-size']]]);
  });

  it('counts the mistakes that are not told, of every event', async () => {
    const wrong = (slug: string) => ({ ...open(slug), data: { ...openingOf(`the-${slug}`), ...keys(60) } });
    const problem = toProblem(await refusalOf(send([wrong('wrong-1'), wrong('wrong-2')])));
    expect([problem.errors.length, problem.more]).toEqual([50, 70]);
  });
});

describe('a batch', () => {
  it('is appended whole, its events in their order, each able to build on those before it', async () => {
    const before = await head();
    const batch = [open('a'), open('b'), itemize('a', 'radars'), restate('b', '1'), itemize('a', 'shells')];
    const outcomes = await send(batch);
    expect(outcomes.map(({ event, position, duplicate }) => [event, position, duplicate])).toEqual([
      ['pledge/the-a@1', before + 1, false],
      ['pledge/the-b@1', before + 2, false],
      ['pledge/the-a@2', before + 3, false],
      ['pledge/the-b@2', before + 4, false],
      ['pledge/the-a@3', before + 5, false],
    ]);
    const { rows } = await journal.owner.query<{ commits: number }>(
      'select count(distinct xmin::text)::int as commits from journal.events where position > $1',
      [before],
    );
    expect(rows).toEqual([{ commits: 1 }]);
    // Sent again it is known, and adds nothing.
    expect(await send(batch)).toEqual(outcomes.map((outcome) => ({ ...outcome, duplicate: true })));
    expect(await head()).toBe(before + 5);
  });

  it('answers what stands already as such, wherever it stands in it, and appends the rest', async () => {
    await send([open('c'), restate('c', '1'), itemize('c', 'arms')]);
    const outcomes = await send([open('d'), restate('c', '1'), restate('c', '2'), itemize('c', 'arms'), open('c')]);
    expect(outcomes.map(({ event, duplicate }) => [event, duplicate])).toEqual([
      ['pledge/the-d@1', false],
      ['pledge/the-c@2', true],
      ['pledge/the-c@4', false],
      ['pledge/the-c@3', true],
      ['pledge/the-c@1', true],
    ]);
  });

  it('takes an event once that is in it twice', async () => {
    const outcomes = await send([open('e'), restate('e', '1'), open('e'), restate('e', '1')]);
    expect(outcomes.map(({ version, duplicate }) => [version, duplicate])).toEqual([
      [1, false],
      [2, false],
      [1, true],
      [2, true],
    ]);
    expect(await versionsOf('e')).toEqual([1, 2]);
  });

  it('is refused whole, with every mistake at its index', async () => {
    await send([open('taken')]);
    const error = await refusalOf(
      send([
        open('f'),
        { ...open('taken'), id: 'another' },
        itemize('never-opened', 'radars'),
        restate('f', '1'),
        itemize('f', 'radars'),
        itemize('f', 'radars', 'again'),
      ]),
    );
    expect(told(error)).toEqual([
      ['/1/data/slug', 'slug-taken'],
      ['/2/subject', 'stream-not-open'],
      ['/5/data/lines/0/id', 'line-id-taken'],
    ]);
    expect(error).toMatchObject({ code: 'batch-refused', status: 409, retriable: false });
    const malformed = await refusalOf(
      send([
        open('f'),
        { ...open('g'), data: { ...openingOf('the-g'), occurred: 'soon' } },
        7,
        { ...open('h'), type: 'x' },
      ]),
    );
    expect(told(malformed)).toEqual([
      ['/1/data/occurred', 'edtf'],
      ['/2', 'type'],
      ['/3/type', 'unknown-type'],
    ]);
    expect(await versionsOf('f')).toEqual([]);
  });

  it('is refused where an identity is taken, in the journal or in itself', async () => {
    await send([open('i')]);
    const another = { ...restate('i', '1'), id: 'open i' };
    expect(told(await refusalOf(send([open('j'), another])))).toEqual([['/1/id', 'identity-conflict']]);
    expect(told(await refusalOf(send([open('j'), { ...open('k'), id: 'open j' }])))).toEqual([
      ['/1/id', 'identity-conflict'],
    ]);
  });

  it('leaves nothing behind where the database cannot store one of it', async () => {
    await journal.owner.query(`
      create function refuse_one() returns trigger language plpgsql as $$
      begin raise exception 'cannot be stored' using errcode = '54000'; end $$;
      create trigger refuse_one before insert on journal.events for each row when (new.id = 'l bad')
      execute function refuse_one();`);
    const whole = refusalOf(send([open('l'), restate('l', 'bad')]));
    expect(await whole).toMatchObject({ code: '54000' });
    expect(await versionsOf('l')).toEqual([]);
  });

  it('holds up to 1,000 events, and no more', async () => {
    const many = Array.from({ length: MAX_BATCH }, (_, index) => open(`many-${index}`));
    expect(await send(many)).toHaveLength(MAX_BATCH);
    expect(await refusalOf(send([...many, open('one-more')]))).toMatchObject({ rule: 'batch-size' });
    expect(await send([])).toEqual([]);
  }, 20_000);

  it('appends nothing on a dry run, and says what would become of it', async () => {
    await send([open('m')]);
    const before = await head();
    const dry = { ...options, dryRun: true };
    const outcomes = await produceAll(journal.app, [open('m'), restate('m', '1'), open('n'), restate('n', '1')], dry);
    expect(outcomes).toMatchObject([
      { event: 'pledge/the-m@1', duplicate: true },
      { event: 'pledge/the-m@2', position: null, dryRun: { knownSince: '2025-06-17' } },
      { event: 'pledge/the-n@1', position: null },
      { event: 'pledge/the-n@2', position: null },
    ]);
    expect(await head()).toBe(before);
    const error = await refusalOf(produceAll(journal.app, [open('o'), { ...open('m'), id: 'p' }], dry));
    expect(told(error)).toEqual([['/1/data/slug', 'slug-taken']]);
  });

  it('is told to come again, whole, where the journal is away', async () => {
    const away = makePool('postgres://nobody@127.0.0.1:1/nothing');
    try {
      for (const dryRun of [true, false])
        await expect(produceAll(away, [open('q'), open('r')], { ...options, dryRun })).rejects.toMatchObject({
          status: 503,
          retriable: true,
          message: expect.stringContaining('the 2 events from open q of urn:test on'),
        });
    } finally {
      await away.end();
    }
  });
});

/** Another process' pool, with something done just before each of its appends, once it has decided. */
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

describe('a batch that has lost a race', () => {
  it('is decided again, whole', async () => {
    await send([open('s')]);
    const pool = interrupted((append) =>
      append === 1 ? produce(journal.app, itemize('s', 'other'), options) : Promise.resolve(),
    );
    try {
      const outcomes = await send([open('t'), itemize('s', 'ours'), restate('t', '1'), restate('s', '1')], pool);
      expect(outcomes.map(({ event }) => event)).toEqual([
        'pledge/the-t@1',
        'pledge/the-s@3',
        'pledge/the-t@2',
        'pledge/the-s@4',
      ]);
    } finally {
      await pool.end();
    }
  });

  it('leaves nothing behind where it is not legal any more', async () => {
    await send([open('u')]);
    const pool = interrupted((append) =>
      append === 1 ? produce(journal.app, retract('u'), options) : Promise.resolve(),
    );
    try {
      const lost = send([open('v'), restate('u', '1'), restate('v', '1')], pool);
      await expect(lost).rejects.toMatchObject({ errors: [{ field: '/1/subject', rule: 'stream-retracted' }] });
      expect(await versionsOf('v')).toEqual([]);
    } finally {
      await pool.end();
    }
  });
});

it('batches and events that cross each other on the same streams all land, in versions without a gap', async () => {
  const slugs = ['w', 'x', 'y', 'z'];
  await send(slugs.map(open));
  const others = makePool(journal.url, { role: 'litopys_app' });
  const before = await head();
  try {
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const [first = 'w', second = 'x'] = [slugs[index % 4], slugs[(index * 7 + 1) % 4]];
        if (index % 3 === 0) return produce(journal.app, restate(first, `alone ${index}`), options);
        const batch = [restate(first, `${index} a`), restate(second, `${index} b`), restate(first, `${index} c`)];
        // Few enough from elsewhere to win their races.
        return send(batch, index % 15 === 1 ? others : journal.app);
      }),
    );
    expect(outcomes.flat().every(({ duplicate }) => !duplicate)).toBe(true);
    expect(await head()).toBe(before + outcomes.flat().length);
    const rows = await readFeed(journal.app, 'journal', { after: before, limit: 1000 });
    for (const slug of slugs) {
      const versions = rows.filter(({ stream }) => stream === `pledge/the-${slug}`).map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, index) => index + 2));
    }
    expect((await verify(journal.app, 'journal')).findings).toEqual([]);
  } finally {
    await others.end();
  }
});
