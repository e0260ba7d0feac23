import { append } from '#libs/journal';
import { makePool } from '#libs/platform';
import { produce } from '#libs/producers';
import { eventsPerSecond, type AppendCourse } from './course.js';
import { eventNumber, requestNumber, SOURCE } from './events.js';

const poolOf = ({ databaseUrl }: AppendCourse) => makePool(databaseUrl, { role: 'litopys_app' });

/** The journal's `append`, with as many requests a call as the course says. */
export async function appends(course: AppendCourse): Promise<number> {
  const pool = poolOf(course);
  return eventsPerSecond(course, (numbers) => append(pool, numbers.map(requestNumber))).finally(() => pool.end());
}

/** The producers' `produce`: checked, decided, appended. */
export async function produces(course: AppendCourse): Promise<number> {
  const pool = poolOf(course);
  const send = ([number = 0]: readonly number[]): Promise<unknown> =>
    produce(pool, eventNumber(number), { actor: SOURCE, now: new Date().toISOString() });
  return eventsPerSecond(course, send).finally(() => pool.end());
}
