import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makePool } from '#libs/platform';
import { eventually } from '../../../test/support/eventually.js';
import { exampleRequest, freshJournal, type TestJournal } from '../../../test/support/journal.js';
import { append } from './append/append.js';
import { subscribe, type Subscription } from './subscribe.js';

let subscription: Subscription | undefined;
afterEach(() => subscription?.close());

/** Longer than any test: what wakes then is not the polling. */
const NEVER = 600_000;

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
});
afterAll(() => journal.close());

/** A waker that can be waited for: each call of `next` resolves at the next wake. */
function makeWaker() {
  let wake: () => void = () => undefined;
  return { onWake: () => wake(), next: () => new Promise<void>((resolve) => (wake = resolve)) };
}

/** Process ids of the connections that listen. */
async function listeners(): Promise<number[]> {
  const { rows } = await journal.owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query = 'listen litopys_journal'`,
  );
  return rows.map(({ pid }) => pid);
}

describe('subscribe', () => {
  it('wakes when it begins to listen, and at every call that appended', async () => {
    const { onWake, next } = makeWaker();
    const listening = next();
    subscription = subscribe(journal.app, onWake, { pollEvery: NEVER });
    await listening;
    for (const id of ['a', 'b']) {
      const woken = next();
      await append(journal.app, [exampleRequest(id)]);
      await woken;
    }
  });

  it('wakes by itself where no notification comes', async () => {
    const { onWake, next } = makeWaker();
    subscription = subscribe(journal.app, onWake, { pollEvery: 5 });
    for (let times = 0; times < 3; times++) await next();
  });

  it('listens again after its connection was lost', async () => {
    const { onWake, next } = makeWaker();
    const listening = next();
    subscription = subscribe(journal.app, onWake, { pollEvery: 20 });
    await listening;
    const [lost] = await listeners();
    await journal.owner.query('select pg_terminate_backend($1)', [lost]);
    await eventually(listeners, ([pid]) => pid !== undefined && pid !== lost);
  });

  it('begins to listen once the journal is there', async () => {
    const url = new URL(journal.url);
    url.port = '1';
    const away = makePool(url.href);
    const { onWake, next } = makeWaker();
    subscription = subscribe(away, onWake, { pollEvery: 5 });
    await next();
    await next();
    await subscription.close();
    await away.end();
  });

  it('gives back nothing that still listens', async () => {
    const { onWake, next } = makeWaker();
    const listening = next();
    subscription = subscribe(journal.app, onWake, { pollEvery: NEVER });
    await listening;
    await subscription.close();
    await eventually(listeners, (pids) => pids.length === 0);
    expect(journal.app.totalCount).toBe(journal.app.idleCount);
  });
});
