/** 2000-01-01, from which PostgreSQL counts, in milliseconds and in days since 1970. */
const EPOCH_MS = 946_684_800_000n;
const EPOCH_DAYS = 10_957;
const DAY_MS = 86_400_000;

const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * A stored instant as ISO UTC with milliseconds. What no event has (infinity, a year before 1 or after 9999, a part of
 * a millisecond) gets a text that no event has: `to_char` would tell it like a common one, or like null.
 * @param microseconds since 2000-01-01
 */
export function isoInstant(microseconds: bigint): string {
  const milliseconds = Number(microseconds / 1000n + EPOCH_MS);
  if (microseconds % 1000n !== 0n || milliseconds < FIRST_MS || milliseconds > LAST_MS)
    return `${microseconds} microseconds since 2000`;
  return new Date(milliseconds).toISOString();
}

/** A stored day as `YYYY-MM-DD`; what no event has as {@link isoInstant} does. @param days since 2000-01-01 */
export function isoDay(days: number): string {
  const milliseconds = (days + EPOCH_DAYS) * DAY_MS;
  if (milliseconds < FIRST_MS || milliseconds > LAST_MS) return `${days} days since 2000`;
  return new Date(milliseconds).toISOString().slice(0, 10);
}
