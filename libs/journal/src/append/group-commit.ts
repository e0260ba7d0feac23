import type { Pool } from 'pg';
import type { Batch } from './call-append.js';
import { carryOut } from './carry-out.js';
import type { Outcome } from './request.js';

/** Requests of one call at most, and bytes of their data, as far as a batch by itself is not larger. */
const MAX_REQUESTS = 2_000;
const MAX_LENGTH = 8 * 1024 * 1024;

interface Queued extends Batch {
  readonly answer: (outcomes: Outcome[]) => void;
}

/** What waits for a journal in this process, and whether its committer is at work. */
interface Queue {
  waiting: Queued[];
  committing: boolean;
}

const queues = new WeakMap<Pool, Queue>();

function queueOf(pool: Pool): Queue {
  const known = queues.get(pool);
  if (known) return known;
  const fresh: Queue = { waiting: [], committing: false };
  queues.set(pool, fresh);
  return fresh;
}

const lengthOf = ({ requests }: Batch): number => requests.reduce((sum, { data }) => sum + data.length, 0);

/** Takes from the front of the queue what one call carries. */
function takeCall(queue: Queue): Queued[] {
  let [count, requests, length] = [0, 0, 0];
  for (const batch of queue.waiting) {
    requests += batch.requests.length;
    length += lengthOf(batch);
    if (count > 0 && (requests > MAX_REQUESTS || length > MAX_LENGTH)) break;
    count++;
  }
  return queue.waiting.splice(0, count);
}

async function commitAll(pool: Pool, queue: Queue): Promise<void> {
  while (queue.waiting.length > 0) {
    const batches = takeCall(queue);
    const outcomes = await carryOut(pool, batches);
    let at = 0;
    for (const { requests, answer } of batches) answer(outcomes.slice(at, (at += requests.length)));
  }
  queue.committing = false;
}

/**
 * Appends a batch beside whatever else this process has to append: there is one queue a journal, and one committer, which
 * sends all that waits as one call and one commit. Batches are appended in the order in which they are handed over.
 */
export function appendInGroup(pool: Pool, batch: Batch): Promise<Outcome[]> {
  const queue = queueOf(pool);
  return new Promise((answer) => {
    queue.waiting.push({ ...batch, answer });
    if (queue.committing) return;
    queue.committing = true;
    // What is handed over in the same breath goes into the same call.
    queueMicrotask(() => void commitAll(pool, queue));
  });
}
