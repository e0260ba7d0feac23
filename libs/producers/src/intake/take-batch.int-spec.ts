import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { KafkaMessage, Message } from 'kafkajs';
import { readFeed } from '#libs/journal';
import { makePool } from '#libs/platform';
import { announced, corrected, itemized, line, restated, retracted } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { eventOf, structured } from '../../../../test/intake/events.js';
import { takeBatch } from './take-batch.js';

jest.setTimeout(60_000);

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
const refusedOf = async (messages: readonly Message[]) => (await take(messages)).map(({ message }) => message.offset);
const idsOf = async () => (await readFeed(journal.app, 'journal', { after: 0, limit: 100_000 })).map(({ id }) => id);

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

  it('decides what is behind a refused event without it', async () => {
    const offsets = await refusedOf([
      opening,
      structured(eventOf(itemized([line('arms')]), 'lines', 'pledge/one')),
      structured(eventOf(itemized([line('arms')]), 'again', 'pledge/one')),
      structured(
        eventOf(corrected([{ path: '/title', from: 'Told', to: 'x' }], { about: 'pledge/one@2' }), 'c', 'pledge/one'),
      ),
      structured(
        eventOf(corrected([{ path: '/title', from: 'Told', to: 'y' }], { about: 'pledge/one@3' }), 'd', 'pledge/one'),
      ),
      later,
    ]);
    expect(offsets).toEqual(['2', '4']);
    expect(await idsOf()).toEqual(['opening', 'lines', 'c', 'later']);
  });

  it('takes an event under the identity of one that was refused before it, and refuses that as often as it comes', async () => {
    const nowhere = structured(eventOf(retracted({ about: 'pledge/nowhere@1' }), 'same', 'pledge/nowhere'));
    const mended = structured(eventOf(announced(), 'same', 'pledge/mended'));
    expect(await refusedOf([nowhere, nowhere, mended, mended, nowhere])).toEqual(['0', '1', '4']);
    expect(await idsOf()).toEqual(['same']);
  });

  it('is as its events are one by one', async () => {
    const streams = ['pledge/one', 'pledge/two'];
    const commands = [
      announced(),
      restated(),
      itemized([line('arms')]),
      itemized([line('aid')]),
      corrected([{ path: '/title', from: 'Told', to: 'Mended' }]),
      retracted(),
    ];
    const sent = fc.record({ stream: fc.nat(1), command: fc.nat(commands.length - 1), id: fc.nat(8) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 14 }), async (list) => {
        run += 1;
        const messagesIn = (name: string) =>
          list.map(({ stream, command, id }) => {
            const subject = `${streams[stream] ?? ''}-${name}-${run}`;
            const about = `${subject}@1`;
            const made = commands[command] ?? announced();
            const placed = 'about' in made.data ? { ...made, data: { ...made.data, about } } : made;
            return structured(eventOf(placed as typeof made, `${name}-${run}-${id}`, subject));
          });
        const alone: string[] = [];
        for (const [index, message] of messagesIn('alone').entries())
          if ((await take([message])).length > 0) alone.push(String(index));
        const together = messagesIn('together');
        expect(await refusedOf(together)).toEqual(alone);
        const stored = (await idsOf()).filter((id) => id.startsWith(`together-${run}-`));
        expect(stored.map((id) => id.replace('together', 'alone'))).toEqual(
          (await idsOf()).filter((id) => id.startsWith(`alone-${run}-`)),
        );
      }),
      { numRuns: Number(process.env['LAW_RUNS'] ?? 25) },
    );
  });

  it('that comes twice changes nothing the second time', async () => {
    await take([opening, later, other]);
    const before = await idsOf();
    expect(await take([opening, later, other])).toEqual([]);
    expect(await idsOf()).toEqual(before);
  });
});
