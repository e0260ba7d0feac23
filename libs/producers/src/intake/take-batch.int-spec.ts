import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KafkaMessage, Message } from 'kafkajs';
import { readFeed } from '#libs/journal';
import { makePool } from '#libs/platform';
import { announced, restated } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { eventOf, structured } from '../../../../test/intake/events.js';
import { takeBatch } from './take-batch.js';

let journal: TestJournal;
let logged: unknown[];

beforeEach(async () => {
  journal = await freshJournal();
  logged = [];
});
afterEach(() => journal.close());

const logger = { log: () => undefined, warn: () => undefined, error: (said: unknown) => void logged.push(said) };

const batchOf = (messages: readonly Message[]) => ({
  topic: 'in',
  partition: 0,
  messages: messages.map(({ key, value, headers }, offset) => ({
    key: key == null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    headers,
    offset: String(offset),
    timestamp: '1756051200000',
    attributes: 0,
  })) as KafkaMessage[],
});

const take = (messages: readonly Message[], pool = journal.app) => takeBatch(batchOf(messages), { pool, logger });
const idsOf = async () => (await readFeed(journal.app, 'journal', { after: 0, limit: 1_000 })).map(({ id }) => id);

const opening = structured(eventOf(announced(), 'opening', 'pledge/one'));
const later = structured(eventOf(restated(), 'later', 'pledge/one'));
const other = structured(eventOf(announced(), 'other', 'pledge/other'));

/** Lets the database refuse the event of that id, in its own words. */
const curse = (id: string, sqlstate: string): Promise<unknown> =>
  journal.owner.query(`
    create function public.curse() returns trigger language plpgsql as
      $$ begin if new.id = '${id}' then raise 'cursed' using errcode = '${sqlstate}'; end if; return new; end $$;
    create trigger curse before insert on journal.events for each row execute function public.curse();
    grant execute on function public.curse() to public`);

describe('a batch', () => {
  it.each(['22023', 'P0001'])(
    'gives up an event that we fail on with %s, tells it in the log, and takes its neighbours',
    async (sqlstate) => {
      await curse('later', sqlstate);
      const refused = await take([opening, later, other, structured(eventOf(restated(), 'last', 'pledge/one'))]);
      expect(refused.map(({ message, problem }) => [message.offset, problem.code, problem.status])).toEqual([
        ['1', 'internal', 500],
      ]);
      expect((await idsOf()).sort()).toEqual(['last', 'opening', 'other']);
      expect(logged).toEqual([expect.objectContaining({ code: sqlstate })]);
    },
  );

  it.each(['57P03', '42501', '55000'])(
    'comes again, with nothing refused and nothing overtaken, where the database says %s of itself',
    async (sqlstate) => {
      await curse('opening', sqlstate);
      await expect(take([opening, later, { value: null }])).rejects.toThrow();
      expect(await idsOf()).not.toContain('later');
      await journal.owner.query('drop trigger curse on journal.events');
      expect((await take([opening, later, { value: null }])).map(({ message }) => message.offset)).toEqual(['2']);
      expect(await idsOf()).toEqual(['opening', 'later']);
    },
  );

  it('comes again where the journal is not there at all', async () => {
    const nowhere = makePool('postgres://nobody@127.0.0.1:1/nothing');
    await expect(take([opening], nowhere)).rejects.toThrow();
    await nowhere.end();
  });

  it('gives the first of two events under one identity its place, whatever streams they are of', async () => {
    const rival = structured(eventOf(announced(), 'opening', 'pledge/rival'));
    const refused = await take([opening, rival, other]);
    expect(refused.map(({ message, problem }) => [message.offset, problem.code])).toEqual([['1', 'identity-conflict']]);
  });

  it('that comes twice changes nothing the second time', async () => {
    await take([opening, later, other]);
    const before = await idsOf();
    expect(await take([opening, later, other])).toEqual([]);
    expect(await idsOf()).toEqual(before);
  });
});
