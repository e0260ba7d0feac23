import type { Pool } from 'pg';
import { evolve, type History } from '#libs/domain';
import { appendEach, isConnectionFailure, type Outcome } from '#libs/journal';
import { TransientError } from '#libs/platform';
import { MAX_REDECISIONS, MAX_TOGETHER } from '../limits.js';
import { decideNext, loadHistory, requestOf, type Asked, type Decided } from './decide-next.js';
import { findRepeat } from './identity-first.js';
import { produced, type Produced } from './outcome.js';
import { identityConflict, tooBusy, unknownOutcome } from './refusals.js';

/** One event that waits for its turn on its stream. */
interface Job extends Asked {
  /** Races for the stream that it has lost. */
  lost: number;
  readonly resolve: (outcome: Produced) => void;
  readonly reject: (error: unknown) => void;
}

interface Turn {
  readonly job: Job;
  readonly decided: Decided;
  readonly outcome: Outcome | undefined;
}

/** Streams of a journal on which this process is at work, with what waits there. */
type Waiting = Map<string, Job[]>;
const waitingOf = new WeakMap<Pool, Waiting>();

function waitingOn(pool: Pool): Waiting {
  const known = waitingOf.get(pool);
  if (known) return known;
  const fresh: Waiting = new Map();
  waitingOf.set(pool, fresh);
  return fresh;
}

/**
 * Decides and appends one event. A process takes the events of one stream one after another: whatever waits is decided
 * on one history, each beside those before it, and appended in one call. A race that another process has won is run
 * again from the start.
 * @throws LitopysError what the event is refused by, or why the journal did not take it
 */
export function appendInTurn(pool: Pool, asked: Asked): Promise<Produced> {
  const waiting = waitingOn(pool);
  const stream = asked.checked.event.subject;
  return new Promise((resolve, reject) => {
    const job: Job = { ...asked, lost: 0, resolve, reject };
    const queue = waiting.get(stream);
    if (queue) queue.push(job);
    else {
      waiting.set(stream, [job]);
      void takeTurns(pool, waiting, stream);
    }
  });
}

async function takeTurns(pool: Pool, waiting: Waiting, stream: string): Promise<void> {
  for (let queue = waiting.get(stream); queue && queue.length > 0; queue = waiting.get(stream)) {
    const jobs = queue.splice(0, MAX_TOGETHER);
    try {
      const again = await runTogether(pool, stream, jobs);
      queue.unshift(...again);
    } catch (error) {
      for (const job of jobs) job.reject(errorFor(job, error));
    }
  }
  waiting.delete(stream);
}

/** A journal that is away is told to each caller with the id to retry with. */
function errorFor(job: Job, error: unknown): unknown {
  return error instanceof TransientError || isConnectionFailure(error) ? unknownOutcome(job.checked, error) : error;
}

/** Decides each job beside those before it; one that cannot even be decided is told so, and spoils no other. */
function decideAll(history: History, jobs: readonly Job[]): { job: Job; decided: Decided }[] {
  let soFar = history;
  return jobs.flatMap((job) => {
    try {
      const decided = decideNext(soFar, job);
      if ('accepted' in decided) soFar = evolve(soFar, decided.accepted.event);
      return [{ job, decided }];
    } catch (error) {
      job.reject(error);
      return [];
    }
  });
}

/** Decides jobs on one history and appends what is accepted; answers those that lost a race. */
async function runTogether(pool: Pool, stream: string, jobs: readonly Job[]): Promise<Job[]> {
  const decisions = decideAll(await loadHistory(pool, stream), jobs);
  const requests = decisions.flatMap(({ job, decided }) =>
    'accepted' in decided ? requestOf(job, decided.accepted) : [],
  );
  const outcomes = requests.length > 0 ? await appendEach(pool, requests) : [];
  const turns = decisions.map(({ job, decided }): Turn => ({
    job,
    decided,
    outcome: 'accepted' in decided ? outcomes.shift() : undefined,
  }));
  return settle(pool, turns);
}

/** Answers every turn that stands; a turn after one that was not appended was decided beside an event that is not there. */
async function settle(pool: Pool, turns: readonly Turn[]): Promise<Job[]> {
  const again: Job[] = [];
  let stands = true;
  for (const turn of turns) {
    const { job, outcome } = turn;
    const isFinal = outcome ? outcome.verdict !== 'wrong-version' : stands;
    stands &&= outcome === undefined || outcome.verdict === 'appended';
    if (isFinal) await answer(pool, turn);
    else if (++job.lost > MAX_REDECISIONS) job.reject(tooBusy(job.checked));
    else again.push(job);
  }
  return again;
}

async function answer(pool: Pool, { job, decided, outcome }: Turn): Promise<void> {
  const { event } = job.checked;
  if (outcome?.verdict === 'failed') return job.reject(errorFor(job, outcome.error));
  if (outcome?.verdict === 'conflict') return job.reject(identityConflict(job.checked, undefined));
  if (outcome?.version != null && outcome.position !== null) {
    const { version, position } = outcome;
    return job.resolve(produced(event.subject, event.id, { version, position }, outcome.verdict === 'duplicate'));
  }
  try {
    const repeat = await findRepeat(pool, job.checked);
    if (repeat) job.resolve(repeat);
    else job.reject('refused' in decided ? decided.refused : new Error('a verdict without a place'));
  } catch (error) {
    job.reject(errorFor(job, error));
  }
}
