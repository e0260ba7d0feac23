import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { withKeyStore, type KeyOrder, type KeyStore } from './key-store.js';

let journal: TestJournal;

beforeAll(async () => {
  journal = await freshJournal();
});

afterAll(() => journal.close());

const inStore = <T>(work: (store: KeyStore) => Promise<T>): Promise<T> => withKeyStore(journal.url, work);

const orderOf = (name: string): KeyOrder => ({
  name,
  owner: 'urn:example:owner',
  scopes: ['append:pledges', 'operate'],
  expiresAt: new Date('2030-01-01T00:00:00.000Z'),
  createdBy: 'urn:litopys:cli:anna',
});

it('lists what was ordered, and nothing of the secret', async () => {
  const { text, key } = await inStore((store) => store.add(orderOf('listed')));
  const [listed] = (await inStore((store) => store.list())).filter(({ name }) => name === 'listed');
  expect({ ...listed }).toEqual({
    ...orderOf('listed'),
    id: text.split('_')[1],
    createdAt: expect.any(Date),
    revokedAt: null,
    lastUsedAt: null,
  });
  expect({ ...listed }).toEqual(key);
});

it('a name leads to one key at a time, and to the newest once that is revoked', async () => {
  const first = (await inStore((store) => store.add(orderOf('again')))).key;
  await expect(inStore((store) => store.add(orderOf('again')))).rejects.toMatchObject({ code: 'name-taken' });
  await inStore((store) => store.revoke('again'));
  const second = (await inStore((store) => store.add(orderOf('again')))).key;
  expect((await inStore((store) => store.revoke('again'))).key.id).toBe(second.id);
  const standing = (await inStore((store) => store.list())).filter(({ name }) => name === 'again');
  expect(standing.map(({ id, revokedAt }) => [id, revokedAt !== null])).toEqual([
    [first.id, true],
    [second.id, true],
  ]);
});

it('revokes by id too, once, and tells when it was', async () => {
  const { key } = await inStore((store) => store.add(orderOf('by-id')));
  const revoked = await inStore((store) => store.revoke(key.id));
  const again = await inStore((store) => store.revoke(key.id));
  expect([revoked.before, again.before]).toEqual([false, true]);
  expect(again.key.revokedAt).toEqual(revoked.key.revokedAt);
});

it.each(['nobody', '0123456789'])('knows no key %s', async (name) => {
  await expect(inStore((store) => store.revoke(name))).rejects.toMatchObject({ status: 404 });
});
