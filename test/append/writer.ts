import { append, type AppendRequest } from '#libs/journal';
import { makePool } from '#libs/platform';
import { exampleRequest } from '../support/journal.js';
import { between, randomFrom } from './random.js';

/**
 * A process that appends its events 0 to `count - 1`, in batches, and says each one that was acknowledged as a line of
 * JSON. It may be killed and begun again from any of them: an event is the same whenever it is sent.
 */
export interface WriterTask {
  readonly url: string;
  readonly writer: number;
  readonly streams: number;
  readonly count: number;
  /** The first event to send. */
  readonly from: number;
  readonly seed: number;
}

/** What a writer was told of one event. */
export interface Acknowledged {
  readonly id: string;
  readonly position: number;
  readonly version: number;
  readonly number: number;
}

const task = JSON.parse(process.argv[2] ?? '') as WriterTask;
const random = randomFrom(task.seed);
const pool = makePool(task.url, { role: 'litopys_app', max: 2, name: `writer-${task.writer}` });

function requestFor(number: number): AppendRequest {
  const stream = `pledge/stream-${between(randomFrom(task.writer * 100_000 + number), 1, task.streams)}`;
  return exampleRequest(`${task.writer}-${number}`, { stream });
}

/** Some numbers from `first` on, now and then with one that was sent before. */
function batchFrom(first: number): number[] {
  const size = Math.min(between(random, 1, 6), task.count - first);
  const batch = Array.from({ length: size }, (_, index) => first + index);
  return first > 0 && random() < 0.3 ? [between(random, 0, first - 1), ...batch] : batch;
}

/** Appends one batch, at times against a version that others have moved on from; asks again until all stand. */
async function appendAll(numbers: readonly number[]): Promise<void> {
  let asked = numbers.map((number) => ({
    number,
    request: { ...requestFor(number), expectedVersion: random() < 0.4 ? between(random, 0, 9) : null },
  }));
  while (asked.length > 0) {
    const verdicts = await append(
      pool,
      asked.map(({ request }) => request),
    );
    const again: typeof asked = [];
    asked.forEach(({ number, request }, index) => {
      const verdict = verdicts[index];
      if (verdict?.verdict === 'wrong-version')
        again.push({ number, request: { ...request, expectedVersion: verdict.version } });
      else if (verdict?.position && verdict.version && verdict.verdict !== 'conflict')
        say({ id: request.id, position: verdict.position, version: verdict.version, number });
      else throw new Error(`${request.id} was answered ${JSON.stringify(verdict)}`);
    });
    asked = again;
  }
}

const say = (line: Acknowledged): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

for (let next = task.from; next < task.count;) {
  const batch = batchFrom(next);
  await appendAll(batch);
  next = Math.max(...batch) + 1;
}
await pool.end();
