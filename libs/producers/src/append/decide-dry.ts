import type { Pool } from 'pg';
import { isConnectionFailure } from '#libs/journal';
import type { LitopysError } from '#libs/platform';
import type { Asked, Decided } from './decide-next.js';
import { decideUnits } from './decide-units.js';
import { findRepeats, type Standing } from './find-repeats.js';
import { readHistories } from './histories.js';
import type { Produced } from './outcome.js';
import { unknownOutcome } from './refusals.js';
import { makeUnit } from './unit.js';

/** What would become of each event of one caller: it stands already, it would be taken, or why not. */
export type Dry = Produced | { readonly refused: LitopysError };

function dryOutcome({ checked }: Asked, decided: Decided | undefined, standing: Standing | undefined): Dry {
  if (standing) return 'repeat' in standing ? standing.repeat : { refused: standing.conflict };
  if (decided === undefined) throw new Error('an event that was not decided');
  if ('refused' in decided) return decided;
  const { event, knownBasis } = decided.accepted;
  return {
    event: `${event.stream}@${event.version}`,
    id: checked.event.id,
    stream: event.stream,
    version: event.version,
    position: null,
    duplicate: false,
    dryRun: { knownSince: event.knownSince, knownBasis },
  };
}

/** Decides events, each beside those before it, and appends nothing. */
export async function decideDry(pool: Pool, asked: readonly Asked[]): Promise<Dry[]> {
  const checked = asked.map((one) => one.checked);
  try {
    const histories = await readHistories(pool, [...new Set(checked.map(({ event }) => event.subject))]);
    const found = await findRepeats(pool, checked);
    const { unit, answer } = makeUnit(
      asked.filter((one) => !found.has(one.checked)),
      true,
    );
    const [turn] = decideUnits(histories, [unit]);
    // Nobody is to be told but who asks here; what cannot be decided is thrown.
    if (turn === undefined) return await answer.then(() => []);
    const decided = new Map(turn.events.map((one) => [one.asked, one.decided]));
    return asked.map((one) => dryOutcome(one, decided.get(one), found.get(one.checked)));
  } catch (error) {
    throw isConnectionFailure(error) ? unknownOutcome(checked, error) : error;
  }
}
