import type { Pool, PoolClient } from 'pg';
import type { Day } from '#libs/contracts';
import { statementFor, type Feed } from '#libs/journal';
import { sql, TransientError } from '#libs/platform';

/** Where a process reads its views. */
export interface ViewSource {
  readonly pool: Pool;
  readonly feed: Feed;
  readonly viewVersion: number;
}

/** Where on the two axes a read is asked for; left out: all that is recorded, all that is known. */
export interface PlaceRequest {
  /** What a system fed only with events known by then would answer. */
  readonly asKnownAt?: Day;
  /** A position, or a time (ISO) that is turned into the last position recorded by then. */
  readonly asRecordedAt?: number | string;
  /** Wait until this position is projected, so that a producer reads what it wrote. */
  readonly minPosition?: number;
}

/** Where on the two axes an answer stands. */
export interface Place {
  readonly position: number;
  readonly knownAt: Day | null;
  /** Whether the same request can never be answered differently: recorded as of a place that lies behind. */
  readonly final: boolean;
  readonly generation: number;
  /** The day (UTC) recorded last at the position; what open durations count to, never the wall clock. */
  readonly lastRecordedDay: Day | null;
}

/** How long a read above the watermark waits for it. */
const WAIT_MS = 5000;
const LOOK_MS = 20;

/**
 * A condition that picks the rows of a table that hold at a place: `$1` its position, `$2` its known day or
 * 'infinity'.
 */
export const rectangleAt = (alias: string): string =>
  `${alias}.from_position <= $1 and (${alias}.to_position is null or ${alias}.to_position > $1)` +
  ` and ${alias}.known_from <= $2::date and (${alias}.known_to is null or ${alias}.known_to > $2::date)`;

/** Parameters of {@link rectangleAt}. */
export const placeParameters = (place: Place): [number, string] => [place.position, place.knownAt ?? 'infinity'];

const feedSql = (name: string, feed: Feed): string => statementFor(feed, sql(import.meta.url, name));

async function recordedPlace(
  client: PoolClient,
  feed: Feed,
  watermark: number,
  asked: number | string | undefined,
): Promise<{ position: number; final: boolean }> {
  if (asked === undefined) return { position: watermark, final: false };
  if (typeof asked === 'number') return { position: asked, final: true };
  const { rows } = await client.query<{ position: number; passed: boolean }>(feedSql('position-recorded-by', feed), [
    asked,
    watermark,
  ]);
  const found = rows[0] ?? { position: watermark, passed: false };
  return found.passed ? { position: found.position, final: true } : { position: watermark, final: false };
}

async function lastRecordedDay(client: PoolClient, feed: Feed, position: number): Promise<Day | null> {
  const { rows } = await client.query<{ day: Day }>(feedSql('recorded-at-position', feed), [position]);
  return rows[0]?.day ?? null;
}

/** The place in the snapshot that the client has just begun, or `null` where the watermark is not there yet. */
async function placeInSnapshot(client: PoolClient, source: ViewSource, request: PlaceRequest): Promise<Place | null> {
  const { rows } = await client.query<{ generation: number; watermark: number }>(sql(import.meta.url, 'place'), [
    source.viewVersion,
  ]);
  const [live] = rows;
  if (!live)
    throw new TransientError(`there are no views of version ${source.viewVersion}`, {
      code: 'views-missing',
      mend: 'run `litopys rebuild`',
    });
  const needed = Math.max(
    request.minPosition ?? 0,
    typeof request.asRecordedAt === 'number' ? request.asRecordedAt : 0,
  );
  if (live.watermark < needed) return null;
  const recorded = await recordedPlace(client, source.feed, live.watermark, request.asRecordedAt);
  return {
    ...recorded,
    generation: live.generation,
    knownAt: request.asKnownAt ?? null,
    lastRecordedDay: await lastRecordedDay(client, source.feed, recorded.position),
  };
}

/** A generation that was dropped between the snapshot and the read (undefined table, schema): another is live by now. */
const isDropped = (error: unknown): boolean => ['42P01', '3F000'].includes((error as { code?: string }).code ?? '');

async function readOnce<T>(
  source: ViewSource,
  request: PlaceRequest,
  read: (client: PoolClient, place: Place) => Promise<T>,
): Promise<{ place: Place; result: T } | null> {
  const client = await source.pool.connect();
  let failed = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    const place = await placeInSnapshot(client, source, request);
    const answer = place && { place, result: await read(client, place) };
    await client.query('commit');
    failed = false;
    return answer;
  } finally {
    if (failed) await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/**
 * Reads at a place: one snapshot of one generation, its views at the head of the search path. A place above the
 * watermark is waited for, before the snapshot is taken.
 *
 * @throws TransientError where the watermark does not come within five seconds, or there are no views of this version
 */
export async function readAtPlace<T>(
  source: ViewSource,
  request: PlaceRequest,
  read: (client: PoolClient, place: Place) => Promise<T>,
): Promise<{ place: Place; result: T }> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const answer = await readOnce(source, request, read).catch((error: unknown) => {
      if (isDropped(error) && performance.now() < deadline) return null;
      throw error;
    });
    if (answer) return answer;
    if (performance.now() > deadline)
      throw new TransientError('the views have not reached that position yet', {
        code: 'not-projected-yet',
        field: request.minPosition === undefined ? 'as_recorded_at' : 'min_position',
        mend: 'try again in a moment; a position that the journal has not given out never comes',
      });
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
