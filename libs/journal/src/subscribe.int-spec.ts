import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePool } from '#libs/platform';
import { exampleRequest, freshJournal, type TestJournal } from '../../../test/support/journal.js';
import { append } from './append.js';
import { subscribe } from './subscribe.js';

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

const listeners = async (): Promise<number> =>
  (
    await journal.owner.query(
      `select from pg_stat_activity where datname = current_database() and query = 'listen litopys_journal'`,
    )
  ).rowCount ?? 0;

describe('subscribe', () => {
  it('wakes when it begins to listen, and at every call that appended', async () => {
    const { onWake, next } = makeWaker();
    const listening = next();
    const subscription = subscribe(journal.app, onWake, { pollEvery: NEVER });
    await listening;
    for (const id of ['a', 'b']) {
      const woken = next();
      await append(journal.app, [exampleRequest(id)]);
      await woken;
    }
    await subscription.close();
  });

  it('wakes by itself where no notification comes', async () => {
    const { onWake, next } = makeWaker();
    const subscription = subscribe(journal.app, onWake, { pollEvery: 5 });
    for (let times = 0; times < 3; times++) await next();
    await subscription.close();
  });

  it('listens again after its connection was lost', async () => {
    const { onWake, next } = makeWaker();
    const listening = next();
    const subscription = subscribe(journal.app, onWake, { pollEvery: 20 });
    await listening;
    await journal.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query = 'listen litopys_journal'`,
    );
    while ((await listeners()) === 0) await next();
    await subscription.close();
  });

  it('begins to listen once the journal is there', async () => {
    const url = new URL(journal.url);
    url.port = '1';
    const away = makePool(url.href);
    const { onWake, next } = makeWaker();
    const subscription = subscribe(away, onWake, { pollEvery: 5 });
    await next();
    await next();
    await subscription.close();
    await away.end();
  });

  it('gives back nothing that still listens', async () => {
    const { onWake, next } = makeWaker();
    const listening = next();
    const subscription = subscribe(journal.app, onWake, { pollEvery: NEVER });
    await listening;
    await subscription.close();
    while ((await listeners()) > 0);
    expect(journal.app.totalCount).toBe(journal.app.idleCount);
  });
});
