import type { Pool } from 'pg';
import type { StreamEvent } from '#libs/contracts';
import type { History } from '#libs/domain';
import { appendEach, appendWhole, type Outcome } from '#libs/journal';
import type { Asked } from './decide-next.js';
import { decideUnits, isAccepted, type DecidedUnit, type Known } from './decide-units.js';
import { readHistories } from './histories.js';
import type { Produced } from './outcome.js';
import { Schedule } from './schedule.js';
import { errorFor, settle, type Settled, type Turn } from './settle.js';
import { makeUnit, type Unit } from './unit.js';

/** What a process is at with one journal. */
interface Work {
  readonly pool: Pool;
  readonly schedule: Schedule;
  /** Whether the next look at what waits is already arranged. */
  isWoken: boolean;
  /** Whether histories are being read: what comes meanwhile is read together, next. */
  isReading: boolean;
}

const works = new WeakMap<Pool, Work>();

function workOn(pool: Pool): Work {
  const known = works.get(pool);
  if (known) return known;
  const fresh: Work = { pool, schedule: new Schedule(), isWoken: false, isReading: false };
  works.set(pool, fresh);
  return fresh;
}

/**
 * Decides and appends one event. What a process is asked for at about the same time is decided together, on one read of
 * all streams that need one, each event beside those before it, and appended in one commit; meanwhile the next are
 * decided. The events of one stream are taken one after another. A race that another process has won is run again.
 * @throws LitopysError what the event is refused by, or why the journal did not take it
 */
export async function appendInTurn(pool: Pool, asked: Asked): Promise<Produced> {
  const [only] = await take(pool, [asked], false);
  if (only === undefined) throw new Error('an event without an answer');
  return only;
}

/**
 * Decides and appends a batch as {@link appendInTurn} does an event: all of it or nothing, in one commit. Those of its
 * events that stand already are answered as such, and the rest is appended.
 */
export function appendBatchInTurn(pool: Pool, asked: readonly Asked[]): Promise<Produced[]> {
  return take(pool, asked, true);
}

function take(pool: Pool, asked: readonly Asked[], isBatch: boolean): Promise<Produced[]> {
  const work = workOn(pool);
  const { unit, answer } = makeUnit(asked, isBatch);
  work.schedule.put(unit);
  wake(work);
  return answer;
}

/** Looks at what waits once this turn of the event loop has brought in all that it brings. */
function wake(work: Work): void {
  if (work.isWoken) return;
  work.isWoken = true;
  setImmediate(() => {
    work.isWoken = false;
    beginTurns(work);
  });
}

function beginTurns(work: Work): void {
  for (;;) {
    const { units, guesses } = work.schedule.take({ guessed: true });
    if (units.length === 0) break;
    void runTurn(work, units, guesses, true);
  }
  if (work.isReading) return;
  const { units } = work.schedule.take({ guessed: false });
  if (units.length > 0) void readThenRun(work, units);
}

const streamsOf = (units: readonly Unit[]): Set<string> => new Set(units.flatMap(({ streams }) => streams));

async function readThenRun(work: Work, units: readonly Unit[]): Promise<void> {
  work.isReading = true;
  try {
    const histories = await readHistories(work.pool, [...streamsOf(units)]);
    void runTurn(work, units, histories, false);
  } catch (error) {
    for (const unit of units) unit.reject(errorFor(unit, error));
    work.schedule.end(streamsOf(units));
  }
  work.isReading = false;
  wake(work);
}

/** Hands over what was accepted, in order and at once, so that it goes into one commit. */
function append(pool: Pool, decided: readonly DecidedUnit[]): Promise<Turn[]> {
  return Promise.all(decided.map(async (one): Promise<Turn> => ({ ...one, outcomes: await outcomesOf(pool, one) })));
}

async function outcomesOf(pool: Pool, decided: DecidedUnit): Promise<readonly Outcome[] | undefined> {
  if (!isAccepted(decided)) return undefined;
  const requests = decided.events.flatMap(({ request }) => request ?? []);
  if (requests.length === 0) return [];
  return decided.unit.isBatch ? appendWhole(pool, requests) : appendEach(pool, requests);
}

async function runTurn(
  work: Work,
  units: readonly Unit[],
  histories: ReadonlyMap<string, Known>,
  wasGuessed: boolean,
): Promise<void> {
  const streams = streamsOf(units);
  try {
    const turns = await append(work.pool, decideUnits(histories, units));
    const settled = await settle(work.pool, turns, wasGuessed);
    work.schedule.end(streams, settled.again, historiesLeft(work.schedule.wanted, histories, turns, settled));
  } catch (error) {
    for (const unit of units) unit.reject(errorFor(unit, error));
    work.schedule.end(streams);
  }
  wake(work);
}

/** The streams that somebody waits for, as a turn of which everything stands has left them. */
function historiesLeft(
  wanted: ReadonlySet<string>,
  histories: ReadonlyMap<string, Known>,
  turns: readonly Turn[],
  { shaken }: Settled,
): Map<string, History> {
  const left = new Map<string, StreamEvent[]>();
  for (const [stream, history] of histories)
    if (wanted.has(stream) && !shaken.has(stream) && !(history instanceof Error)) left.set(stream, [...history]);
  for (const { events, outcomes } of turns)
    events.forEach(({ decided }, index) => {
      const outcome = outcomes?.[index];
      if (!('accepted' in decided) || outcome?.verdict !== 'appended') return;
      const { event } = decided.accepted;
      const { position, recordedAt } = outcome;
      if (position !== null && recordedAt !== null) left.get(event.stream)?.push({ ...event, position, recordedAt });
    });
  return left;
}
