import type { Branch } from '../branches.js';
import { firstPrevious } from '../hashes.js';

/** Ids that are tried for a branch that is not where it is said to be. */
const TRIED = 20;

/** What an event takes as the hash before it: the one stored there, or what a journal id makes of it where one begins. */
export class Previous {
  /** @param headId the id that the journal says it has now; null where nothing says so */
  constructor(
    private readonly branches: readonly Branch[],
    private readonly headId: string | null,
  ) {}

  /** @param before the chain hash at the position before, in hex; null at position 1 */
  at(position: number, before: string | null): string {
    const branch = this.branches.findLast(({ fromPosition }) => fromPosition === position);
    return branch ? firstPrevious(before, branch.journalId) : (before ?? '');
  }

  /** What it would take if the branches told otherwise than they do, each with what that says of them. */
  *otherwise(position: number, before: string | null): Generator<{ readonly previous: string; readonly says: string }> {
    const here = this.branches.findLast(({ fromPosition }) => fromPosition === position);
    if (here && before !== null) yield { previous: before, says: `The journal ${here.journalId} did not begin here.` };
    const others = this.branches.filter((branch) => branch !== here).map(({ journalId }) => journalId);
    const ids = new Set([...(this.headId === null ? [] : [this.headId]), ...others.slice(-TRIED)]);
    for (const id of ids) yield { previous: firstPrevious(before, id), says: `The journal ${id} began here.` };
  }
}
