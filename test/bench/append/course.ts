/** What a contender is given: a migrated database of its own, with a table `raw` beside the journal's of the same shape. */
export interface AppendCourse {
  readonly databaseUrl: string;
  /** How many send at once, each its next when the last is answered. */
  readonly callers: number;
  /** Events that each of them hands over in one call. */
  readonly together: number;
}

/** Sends the events of these numbers, and returns when they are committed. */
export type Send = (numbers: readonly number[]) => Promise<unknown>;

const WARM_UP_SECONDS = 1;
const SECONDS = 4;

/** Lets the callers send until the time is up; events a second once it is warm. */
export async function eventsPerSecond({ callers, together }: AppendCourse, send: Send): Promise<number> {
  let last = 0;
  const begun = performance.now();
  const [warm, end] = [begun + WARM_UP_SECONDS * 1000, begun + (WARM_UP_SECONDS + SECONDS) * 1000];
  let counted = 0;
  const call = async (): Promise<void> => {
    while (performance.now() < end) {
      await send(Array.from({ length: together }, () => ++last));
      const now = performance.now();
      if (now > warm && now < end) counted += together;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return counted / SECONDS;
}
