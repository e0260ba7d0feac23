import type { Pool } from 'pg';
import type { LitopysError } from '#libs/platform';
import { appendBatchInTurn } from '../append/append-in-turn.js';
import type { Asked } from '../append/decide-next.js';
import { findRepeats } from '../append/find-repeats.js';
import { RefusedBatchError } from '../append/refused-batch.js';

/**
 * Takes events in their order and in one commit, as if one came after another: those that are refused are left out, and
 * the rest is decided without them. Each has an identity of its own. Answers why those are refused that are.
 * @throws TransientError, and whatever speaks against none of them by name; nothing is appended then, as far as the
 *   journal could be reached
 */
export async function takeTogether(pool: Pool, events: readonly Asked[]): Promise<Map<Asked, LitopysError>> {
  const refused = new Map<Asked, LitopysError>();
  let left = await findNew(pool, events, refused);
  while (left.length > 0) {
    try {
      await appendBatchInTurn(pool, left);
      return refused;
    } catch (error) {
      if (!(error instanceof RefusedBatchError) || error.retriable) throw error;
      for (const one of error.refused) {
        const asked = left[one.at];
        if (asked) refused.set(asked, one.error);
      }
      const rest = left.filter((asked) => !refused.has(asked));
      if (rest.length === left.length) throw error;
      left = rest;
    }
  }
  return refused;
}

/** Leaves out what stands already: decided beside itself, a repeat would be held against what comes after it. */
async function findNew(pool: Pool, events: readonly Asked[], refused: Map<Asked, LitopysError>): Promise<Asked[]> {
  const standing = await findRepeats(
    pool,
    events.map(({ checked }) => checked),
  );
  return events.filter((asked) => {
    const found = standing.get(asked.checked);
    if (found && 'conflict' in found) refused.set(asked, found.conflict);
    return found === undefined;
  });
}
