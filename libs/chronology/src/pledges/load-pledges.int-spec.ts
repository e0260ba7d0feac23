import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import type { Money } from '#libs/contracts';
import { append } from '#libs/journal';
import { makePool } from '#libs/platform';
import { readAtPlace } from '#libs/projection';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { catchUp, openViews, viewSet } from '../../../../test/support/projection.js';
import { exampleEvent } from '../../../../test/support/sent-events.js';
import { VIEW_VERSION } from '../views.js';
import { ledgersOf } from './ledger.js';
import { loadPledges, pledgesReached } from './load-pledges.js';

const PLEDGES = 60;
const SEED = 20250824;

let database: FreshDatabase;
let pool: Pool;

const money: fc.Arbitrary<Money> = fc.record({
  amount: fc.integer({ min: 1, max: 50 }).map(String),
  currency: fc.constantFrom('CAD', 'CAD', 'USD'),
  qualifier: fc.constantFrom('exact', 'up-to', 'at-least'),
});
const link = fc.record({
  relation: fc.constantFrom('part-of', 'draws-on', 'share-of', 'same-as'),
  target: fc.integer({ min: 0, max: PLEDGES }),
  money: fc.option(money, { nil: undefined }),
});
const pledge = fc.record({
  money: fc.option(money, { nil: undefined, freq: 6 }),
  scope: fc.constantFrom('whole', 'whole', 'whole', 'wider'),
  links: fc.array(link, { maxLength: 2 }),
});

/** Pledges that say whose money theirs is, at random; some links lead nowhere, some in circles. */
const randomPledges = () =>
  fc.sample(pledge, { numRuns: PLEDGES, seed: SEED }).map(({ money, scope, links }, at) =>
    exampleEvent('pledge.announced', `pledge/p-${at}`, {
      slug: `p-${at}`,
      title: `Pledge ${at}`,
      occurred: '2025-09-01',
      known_since: `2025-08-${String(1 + (at % 28)).padStart(2, '0')}`,
      instrument: 'grant',
      category: 'military',
      scope,
      ...(money && { money }),
      parties: [
        { id: 'state:ca', name: 'Canada', role: 'donor' },
        { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' },
      ],
      refs: links.map(({ relation, target, money }) => ({
        relation,
        target: `pledge/p-${target}`,
        ...(relation !== 'same-as' && money && { money }),
      })),
    }),
  );

beforeAll(async () => {
  database = await freshDatabase();
  pool = makePool(database.url);
  await openViews(pool, viewSet('journal'));
  await append(pool, randomPledges());
  await catchUp(pool, viewSet('journal'));
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('what counting a pledge depends on', () => {
  it('is all that is read: each pledge is counted as it is among all of them, at every known day', async () => {
    const source = { pool, feed: 'journal', viewVersion: VIEW_VERSION } as const;
    const streams = Array.from({ length: PLEDGES }, (_, at) => `pledge/p-${at}`);
    for (const asKnownAt of [undefined, '2025-08-10'])
      await readAtPlace(source, { asKnownAt }, async (client, place) => {
        const all = [...(await loadPledges(client, place, streams)).values()].map(({ promise }) => promise);
        const among = ledgersOf(all, streams);
        expect(among.size).toBe(all.length);
        for (const stream of among.keys()) {
          const reached = await pledgesReached(client, place, [stream]);
          const promises = [...(await loadPledges(client, place, reached)).values()].map(({ promise }) => promise);
          expect(ledgersOf(promises, [stream]).get(stream)).toEqual(among.get(stream));
        }
      });
  }, 60_000);
});
