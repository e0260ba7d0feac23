import type { Pool } from 'pg';
import { isConnectionFailure, type Outcome } from '#libs/journal';
import { TransientError, type LitopysError } from '#libs/platform';
import { MAX_REDECISIONS } from '../limits.js';
import type { Asked } from './decide-next.js';
import type { DecidedUnit } from './decide-units.js';
import { findRepeats } from './find-repeats.js';
import { produced, type Produced } from './outcome.js';
import { identityConflict, tooBusy, unknownOutcome } from './refusals.js';
import { RefusedBatchError } from './refused-batch.js';
import type { Unit } from './unit.js';

/** A unit that was decided, and what became of its requests; `undefined` where it was refused, and none was sent. */
export interface Turn extends DecidedUnit {
  readonly outcomes: readonly Outcome[] | undefined;
}

/** Units that are to be decided again, and the streams of which something that was decided does not stand. */
export interface Settled {
  readonly again: readonly Unit[];
  readonly shaken: ReadonlySet<string>;
}

const checkedOf = ({ asked }: Unit) => asked.map(({ checked }) => checked);

/** A journal that is away is told to each caller with the id to retry with. */
export function errorFor(unit: Unit, error: unknown): unknown {
  const isAway = error instanceof TransientError || isConnectionFailure(error);
  return isAway ? unknownOutcome(checkedOf(unit), error) : error;
}

function refuse(unit: Unit, refused: readonly { asked: Asked; error: LitopysError }[]): void {
  const events = refused.map(({ asked, error }) => ({ at: unit.asked.indexOf(asked), error }));
  unit.reject(unit.isBatch ? new RefusedBatchError(events, unit.asked.length) : refused[0]?.error);
}

/** Whether a unit that does not stand has another try; where not, its caller is told to come later. */
function mayTryAgain(unit: Unit, wasGuessed: boolean): boolean {
  unit.mustRead = true;
  // What was guessed wrong has not lost a race, it has not run yet.
  if (wasGuessed || ++unit.lost <= MAX_REDECISIONS) return true;
  unit.reject(tooBusy(checkedOf(unit)));
  return false;
}

function producedBy({ checked }: Asked, outcome: Outcome | undefined): Produced | undefined {
  if (outcome?.verdict !== 'appended' && outcome?.verdict !== 'duplicate') return undefined;
  const { version, position } = outcome;
  if (version === null || position === null) throw new Error('a verdict without a place');
  const { subject, id } = checked.event;
  return produced(subject, id, { version, position }, outcome.verdict === 'duplicate');
}

/** Answers a unit whose requests were carried out; false where it is to be decided again. */
function answer({ unit, events, outcomes = [] }: Turn, wasGuessed: boolean): boolean {
  const failed = outcomes.find((outcome) => outcome.verdict === 'failed');
  if (failed) {
    unit.reject(errorFor(unit, failed.error));
    return true;
  }
  const conflicts = events.filter((_, index) => outcomes[index]?.verdict === 'conflict');
  if (conflicts.length > 0) {
    refuse(
      unit,
      conflicts.map(({ asked }) => ({ asked, error: identityConflict(asked.checked, undefined) })),
    );
    return true;
  }
  const known = unit.standing.size;
  const isRaced = outcomes.some(({ verdict }) => verdict === 'wrong-version');
  events.forEach(({ asked }, index) => {
    const place = producedBy(asked, outcomes[index]);
    if (place) unit.standing.set(asked, place);
  });
  if (isRaced) return !mayTryAgain(unit, wasGuessed || unit.standing.size > known);
  unit.resolve(unit.asked.flatMap((asked) => unit.standing.get(asked) ?? []));
  return true;
}

/** Answers units that were refused, once it is sure that none of their events stands; those that have learnt come again. */
async function answerRefused(pool: Pool, turns: readonly DecidedUnit[]): Promise<Unit[]> {
  const isRefused = (one: DecidedUnit['events'][number]) => 'refused' in one.decided;
  try {
    const asked = turns.flatMap(({ events }) => events.filter(isRefused).map((one) => one.asked.checked));
    const standing = await findRepeats(pool, asked);
    return turns.flatMap(({ unit, events }) => {
      const refused = events.flatMap(({ asked, decided }) => {
        const found = standing.get(asked.checked);
        if (found && 'repeat' in found) unit.standing.set(asked, found.repeat);
        if (!('refused' in decided) || (found && 'repeat' in found)) return [];
        return [{ asked, error: found?.conflict ?? decided.refused }];
      });
      if (refused.length > 0) refuse(unit, refused);
      else if (unit.isBatch) return [unit];
      else unit.resolve([...unit.standing.values()]);
      return [];
    });
  } catch (error) {
    for (const { unit } of turns) unit.reject(errorFor(unit, error));
    return [];
  }
}

/**
 * Answers every unit that stands or is refused, in their order. What was decided beside an event that does not stand is
 * decided again, and so is what was refused on a guess: only what the journal says is a reason to refuse.
 */
export async function settle(pool: Pool, turns: readonly Turn[], wasGuessed: boolean): Promise<Settled> {
  const [again, refused, shaken] = [[] as Unit[], [] as Turn[], new Set<string>()];
  for (const turn of turns) {
    const { unit, outcomes } = turn;
    const isBesideWhatStands = !unit.streams.some((stream) => shaken.has(stream));
    if (outcomes?.some(({ verdict }) => verdict !== 'appended')) unit.streams.forEach((stream) => shaken.add(stream));
    if (outcomes) {
      if (!answer(turn, wasGuessed)) again.push(unit);
    } else if (isBesideWhatStands && !wasGuessed) refused.push(turn);
    else if (mayTryAgain(unit, wasGuessed)) again.push(unit);
  }
  return { again: [...again, ...(await answerRefused(pool, refused))], shaken };
}
