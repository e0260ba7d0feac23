import { ConflictError, NotFoundError, openDataSource } from '#libs/platform';
import type { Repository } from 'typeorm';
import { KEY_ID, makeKey } from '../key-text.js';
import type { Scope } from '#libs/contracts';
import type { Key } from './key.entity.js';

/** What an operator asks of a new key. */
export interface KeyOrder {
  readonly name: string;
  readonly owner: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
  /** Who makes it, as the journal would name them. */
  readonly createdBy: string;
}

/** A key as it is listed: all but its secret, of which nothing is kept. */
export type ListedKey = Readonly<Omit<Key, 'secretHash'>>;

const UNIQUE_VIOLATION = '23505';

/** The operators' side of the keys; it connects as the owner of the schema. */
export class KeyStore {
  constructor(
    private readonly keys: Repository<Key>,
    private readonly now: () => Date,
  ) {}

  /**
   * Makes a key.
   * @returns its text, which cannot be had again, and how it is listed
   * @throws ConflictError where a key of that name stands
   */
  async add(order: KeyOrder): Promise<{ readonly text: string; readonly key: ListedKey }> {
    const { id, text, hash } = makeKey();
    const row = { ...order, id, scopes: [...order.scopes], createdAt: this.now(), revokedAt: null, lastUsedAt: null };
    try {
      await this.keys.insert({ ...row, secretHash: hash });
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      throw new ConflictError(`There is a key named ${order.name} already.`, {
        code: 'name-taken',
        cause: error,
        mend: `Choose another name, or run \`litopys keys revoke ${order.name}\` first; two keys may have one owner.`,
      });
    }
    return { text, key: row };
  }

  /** Every key that there ever was, the oldest first. */
  list(): Promise<ListedKey[]> {
    return this.keys.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /**
   * Revokes a key by its id, or by its name; one that was revoked before stays as it was.
   * @throws NotFoundError
   */
  async revoke(nameOrId: string): Promise<{ readonly key: ListedKey; readonly before: boolean }> {
    const where = KEY_ID.test(nameOrId) ? { id: nameOrId } : { name: nameOrId };
    const named = await this.keys.find({ where, order: { revokedAt: { direction: 'DESC', nulls: 'FIRST' } } });
    const [key] = named;
    if (!key)
      throw new NotFoundError(`There is no key ${nameOrId}.`, { mend: 'Look at `litopys keys list`: name or id.' });
    if (key.revokedAt) return { key, before: true };
    key.revokedAt = this.now();
    await this.keys.update({ id: key.id }, { revokedAt: key.revokedAt });
    return { key, before: false };
  }
}

/** Runs `work` on the keys of a journal's database. */
export async function withKeyStore<T>(journalUrl: string, work: (store: KeyStore) => Promise<T>): Promise<T> {
  // With it comes TypeORM, which is loaded where operators work, and nowhere else.
  const { Key } = await import('./key.entity.js');
  const source = await openDataSource(journalUrl, { entities: [Key] });
  try {
    return await work(new KeyStore(source.getRepository(Key), () => new Date()));
  } finally {
    await source.destroy();
  }
}
