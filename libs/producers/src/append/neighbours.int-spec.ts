import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { readStreams } from '#libs/journal';
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

/** Lets the database refuse the event with this id, by this SQLSTATE. */
const refuseInDatabase = (id: string, sqlstate: string): Promise<unknown> =>
  journal.owner.query(`
    create function refuse_${id}() returns trigger language plpgsql as $$
    begin raise exception 'cannot be stored' using errcode = '${sqlstate}'; end $$;
    create trigger refuse_${id} before insert on journal.events for each row when (new.id = '${id}')
    execute function refuse_${id}();`);

it('an event that the database refuses spoils none of those that were appended with it', async () => {
  const stream = await open('refused-by-database');
  await refuseInDatabase('bad', '54000');
  const sent = ['first', 'good', 'bad', 'after', 'last'].map((id) => restate(journal.app, stream, { id }));
  expect(await Promise.all(sent)).toEqual([2, 3, 'cannot be stored', 4, 5]);
  expect(await readStreams(journal.app, 'journal', [stream])).toHaveLength(5);
});

it('an event during which the journal goes away is told to be sent again, by its id; what stands is answered', async () => {
  const stream = await open('away-in-between');
  // What a standby says that was the primary.
  await refuseInDatabase('lost', '25006');
  const sent = ['ahead', 'taken', 'lost', 'behind'].map((id) => restate(journal.app, stream, { id }));
  const [ahead, taken, lost, behind] = await Promise.all(sent);
  expect([ahead, taken]).toEqual([2, 3]);
  expect(lost).toMatch(/did not say whether it has the event lost of urn:test/);
  expect(behind).toMatch(/did not say whether it has the event behind of urn:test/);
});

it('an event that cannot be decided spoils none of those that are decided with it', async () => {
  const stream = await open('undecidable');
  const sent: Sent[] = [{ id: 'one' }, { id: 'two' }, { id: 'three', now: 'no instant' }, { id: 'four' }];
  const [one, two, three, four] = await Promise.all(sent.map((each) => restate(journal.app, stream, each)));
  expect([one, two, four]).toEqual([2, 3, 4]);
  expect(three).toMatch(/invalid/i);
});
