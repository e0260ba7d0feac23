import type { AppendRequest } from '#libs/journal';
import { makePool, sql } from '#libs/platform';
import { eventsPerSecond, type AppendCourse } from './course.js';
import { requestNumber } from './events.js';

const statement = (name: string): string => sql(new URL('../main.js', import.meta.url).href, name);

/** More than these make single inserts slower again: 5,200 rows a second at 32, 4,400 at 90, on two cores. */
const MAX_CONNECTIONS = 32;

/** A row's values as `raw-insert.sql` has them; one hash stands for all three, none is computed for the others. */
const valuesOf = (request: AppendRequest) => [
  request.stream,
  request.source,
  request.id,
  Buffer.from(request.fingerprint, 'hex'),
  request.type,
  request.dataschema,
  request.time,
  request.knownSince,
  request.knownBasis,
  request.actor,
  request.correlationId,
  request.causationId,
  request.data,
];

/** Every event a prepared insert and a commit of its own: nothing looked up, nothing hashed, no order kept. */
export async function rawInserts(course: AppendCourse): Promise<number> {
  const pool = makePool(course.databaseUrl, { max: Math.min(course.callers, MAX_CONNECTIONS) });
  const insert = async ([number = 0]: readonly number[]): Promise<unknown> =>
    pool.query({ name: 'raw-insert', text: statement('raw-insert'), values: valuesOf(requestNumber(number)) });
  return eventsPerSecond(course, insert).finally(() => pool.end());
}

/** A batch an insert out of arrays, and a commit. */
export async function rawUnnest(course: AppendCourse): Promise<number> {
  const pool = makePool(course.databaseUrl, { max: course.callers });
  const insert = async (numbers: readonly number[]): Promise<unknown> => {
    const rows = numbers.map((number) => valuesOf(requestNumber(number)));
    const columns = Array.from({ length: 13 }, (_, index) => rows.map((row) => row[index]));
    return pool.query({ name: 'raw-unnest', text: statement('raw-unnest'), values: columns });
  };
  return eventsPerSecond(course, insert).finally(() => pool.end());
}
