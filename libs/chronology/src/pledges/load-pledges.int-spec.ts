import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import type { EventTypeName, Money } from '#libs/contracts';
import { append } from '#libs/journal';
import { makePool } from '#libs/platform';
import { readAtPlace } from '#libs/projection';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { catchUp, openViews, viewSet } from '../../../../test/support/projection.js';
import { exampleEvent } from '../../../../test/support/sent-events.js';
import { VIEW_VERSION } from '../views.js';
import { ledgersOf } from './ledger.js';
import { loadLedgerPledges, loadPledges } from './load-pledges.js';

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

const stage = fc.constantFrom('allocated', 'disbursed', 'delivered', 'repaid');
const transfer = fc.record({
  stage,
  draws: fc.array(
    fc.record({
      pledge: fc.option(
        fc.integer({ min: 0, max: PLEDGES }).map((at) => `pledge/p-${at}`),
        { nil: undefined, freq: 9 },
      ),
      money: fc.option(money, { nil: undefined, freq: 6 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  counts_as: fc.constantFrom('increment', 'increment', 'cumulative'),
  side: fc.constantFrom('sent', 'received'),
  sameAs: fc.option(fc.integer({ min: 0, max: PLEDGES - 1 })),
  occurred: fc.constantFrom('2025-05', '2025-06-01', '2025', '2025-07'),
});

/** Draws on these pledges, some of them of the same movement as another, some on none. */
const randomTransfers = () =>
  fc.sample(transfer, { numRuns: PLEDGES, seed: SEED }).map(({ stage, draws, sameAs, ...told }, at) =>
    exampleEvent(`transfer.${stage}` as EventTypeName, `transfer/t-${at}`, {
      slug: `t-${at}`,
      title: `Transfer ${at}`,
      known_since: `2025-08-${String(1 + ((at * 7) % 28)).padStart(2, '0')}`,
      ...told,
      draws: draws.map((draw) => ({ ...draw, ...(stage === 'delivered' && { handover: 'handed-over' }) })),
      ...(stage === 'allocated' && { bound_to: [{ kind: 'fund', name: 'A fund' }] }),
      ...(sameAs !== null && { refs: [{ relation: 'same-as', target: `transfer/t-${sameAs}@1` }] }),
    }),
  );

/** Some of the pledges come to an end. */
const randomEnds = () =>
  fc.sample(fc.integer({ min: 0, max: PLEDGES - 1 }), { numRuns: 8, seed: SEED }).map((at) =>
    exampleEvent('pledge.cancelled', `pledge/p-${at}`, {
      title: 'It ends',
      occurred: '2025-06',
      known_since: '2025-08-15',
    }),
  );

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
  await append(pool, [...randomPledges(), ...randomTransfers(), ...randomEnds()]);
  await catchUp(pool, viewSet('journal'));
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('what the ledger of a pledge depends on', () => {
  it('is all that is read: each pledge has the ledger that it has among all of them, at every known day', async () => {
    const source = { pool, feed: 'journal', viewVersion: VIEW_VERSION } as const;
    const streams = Array.from({ length: PLEDGES }, (_, at) => `pledge/p-${at}`);
    for (const asKnownAt of [undefined, '2025-08-10'])
      await readAtPlace(source, { asKnownAt }, async (client, place) => {
        const all = [...(await loadPledges(client, place, streams)).values()].map(({ promise }) => promise);
        const among = ledgersOf(all, streams);
        expect(among.size).toBe(all.length);
        for (const stream of among.keys()) {
          const loaded = await loadLedgerPledges(client, place, [stream]);
          const promises = [...loaded.values()].map(({ promise }) => promise);
          expect(ledgersOf(promises, [stream]).get(stream)).toEqual(among.get(stream));
        }
      });
  }, 60_000);
});
