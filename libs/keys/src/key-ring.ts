import { timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { isConnectionFailure } from '#libs/journal';
import { sql, TransientError } from '#libs/platform';
import type { Caller } from './caller.js';
import { readKey } from './key-text.js';
import { isScope } from '#libs/contracts';

/** How long a key that was looked up is known, in milliseconds: so long a revoked one may still write. */
export const KEY_KNOWN_MS = 5_000;

/** Keys that are known at once at most. */
const MAX_KNOWN = 1_000;

const HOUR_MS = 3_600_000;

/** Why a key does not let its holder in. */
export type KeyTrouble = 'malformed' | 'unknown' | 'expired' | 'revoked';

/** A key that lets its holder in, and who that is. */
export interface KeyHolder {
  readonly id: string;
  readonly caller: Caller;
}

interface KeyRow {
  readonly id: string;
  readonly secret_hash: Buffer;
  readonly scopes: readonly string[];
  readonly owner: string;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

interface Known {
  readonly row: Promise<KeyRow | null>;
  readonly since: number;
  /** The hour of the last use that was told to the table. */
  touched: number;
}

/** The keys of a journal, as one process knows them. */
export class KeyRing {
  private readonly known = new Map<string, Known>();

  /** @param now the clock, ISO UTC: of expiry, and of how long a key is known */
  constructor(
    private readonly pool: Pool,
    private readonly now: () => string,
  ) {}

  /**
   * Whose key a text is, or why it lets nobody in. A key that holds not is called expired or revoked only to whoever has
   * its secret.
   * @throws TransientError where the keys cannot be read now
   */
  async find(text: string): Promise<KeyHolder | KeyTrouble> {
    const read = readKey(text);
    if (read === null) return 'malformed';
    const now = Date.parse(this.now());
    const known = this.lookUp(read.id, now);
    const row = await known.row;
    if (row === null || !timingSafeEqual(row.secret_hash, read.hash)) return 'unknown';
    if (row.revoked_at) return 'revoked';
    if (row.expires_at && row.expires_at.getTime() <= now) return 'expired';
    this.touch(row.id, known, now);
    return { id: row.id, caller: callerWith(row) };
  }

  private lookUp(id: string, now: number): Known {
    const before = this.known.get(id);
    if (before && now >= before.since && now - before.since < KEY_KNOWN_MS) return before;
    const found = { row: this.read(id), since: now, touched: before?.touched ?? 0 };
    // What could not be read is not known: the next request asks again.
    found.row.catch(() => this.known.get(id) === found && this.known.delete(id));
    this.known.delete(id);
    this.known.set(id, found);
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_KNOWN && oldest !== undefined) this.known.delete(oldest);
    return found;
  }

  private async read(id: string): Promise<KeyRow | null> {
    try {
      const { rows } = await this.pool.query<KeyRow>(sql(import.meta.url, 'find-key'), [id]);
      return rows[0] ?? null;
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      throw new TransientError('Keys cannot be looked up now: the journal is away.', {
        cause: error,
        mend: 'Send it again a little later.',
      });
    }
  }

  /** Nobody waits for it, and nothing depends on it: a use that could not be told is told with the next. */
  private touch(id: string, known: Known, now: number): void {
    const hour = Math.floor(now / HOUR_MS);
    if (known.touched === hour) return;
    known.touched = hour;
    this.pool.query(sql(import.meta.url, 'touch-key'), [id, new Date(now)]).catch(() => (known.touched = 0));
  }
}

const callerWith = ({ id, owner, scopes }: KeyRow): Caller => ({
  owner,
  actor: `${owner}#${id}`,
  scopes: scopes.filter(isScope),
});
