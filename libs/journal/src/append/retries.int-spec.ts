import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { makePool, TransientError } from '#libs/platform';
import { startCuttingProxy, type CuttingProxy } from '../../../../test/support/cutting-proxy.js';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from './append.js';
import { feedHead } from '../read.js';

let journal: TestJournal;
let proxy: CuttingProxy;
let pool: Pool;
beforeAll(async () => {
  journal = await freshJournal();
  proxy = await startCuttingProxy(journal.url);
  pool = makePool(proxy.url, { role: 'litopys_app' });
});
afterAll(async () => {
  await pool.end();
  await proxy.close();
  await journal.close();
});

const head = async (): Promise<number> => (await feedHead(journal.app, 'journal')).position;

describe('an append whose connection breaks', () => {
  it('is sent again: taken once where the first try was lost', async () => {
    const before = await head();
    proxy.cutAt('journal-append', ['before', 'before']);
    expect(await append(pool, [exampleRequest('lost')])).toMatchObject([{ verdict: 'appended', position: before + 1 }]);
    expect(await head()).toBe(before + 1);
  });

  it('is sent again: taken once where only the answer was lost', async () => {
    const before = await head();
    proxy.cutAt('journal-append', ['after']);
    expect(await append(pool, [exampleRequest('unheard')])).toMatchObject([
      { verdict: 'duplicate', position: before + 1 },
    ]);
    expect(await head()).toBe(before + 1);
  });

  it('is sent one by one when it holds several and never gets through together', async () => {
    const before = await head();
    proxy.cutAt('journal-append', ['before', 'after', 'before', 'before']);
    const verdicts = await append(pool, [exampleRequest('one'), exampleRequest('two')]);
    expect(verdicts).toMatchObject([
      { verdict: 'duplicate', position: before + 1 },
      { verdict: 'duplicate', position: before + 2 },
    ]);
    expect(await head()).toBe(before + 2);
  });

  it('names the id to retry with when the journal stays away', async () => {
    const before = await head();
    proxy.cutAt(
      'journal-append',
      Array.from({ length: 4 }, () => 'before' as const),
    );
    const lost = append(pool, [exampleRequest('given-up')]);
    await expect(lost).rejects.toBeInstanceOf(TransientError);
    await expect(lost).rejects.toMatchObject({
      code: 'unavailable',
      retriable: true,
      mend: expect.stringContaining('given-up'),
    });
    expect(await head()).toBe(before);
  });

  it('is not sent again on a connection of the caller’s own', async () => {
    const client = await pool.connect();
    client.on('error', () => undefined);
    proxy.cutAt('journal-append', ['before']);
    try {
      await expect(append(client, [exampleRequest('own')])).rejects.toThrow('Connection terminated');
    } finally {
      client.release(true);
    }
  });
});
