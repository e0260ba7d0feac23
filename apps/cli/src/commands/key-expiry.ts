import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const LATEST = Date.parse('9999-12-31T00:00:00Z');

function instantOf(text: string, now: Date): number {
  const [, count, unit = ''] = /^(\d{1,6})([hd])$/.exec(text) ?? [];
  if (count !== undefined) return now.getTime() + Number(count) * (UNITS[unit] ?? 0);
  // A day is taken whole: the key still holds on it, in UTC. One that no calendar has is told by how it reads back.
  if (DAY.test(text)) {
    const day = new Date(`${text}T00:00:00Z`);
    return !isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day.getTime() + (UNITS['d'] ?? 0) : NaN;
  }
  return INSTANT.test(text) ? Date.parse(text) : NaN;
}

/**
 * Until when a key holds: `30d` or `12h` from now, to the end of a day (UTC), or to an instant with its zone.
 * @throws InvalidArgumentError where it is none of these, or past
 */
export function expiryOf(text: string, _previous?: unknown, now = new Date()): Date {
  const at = instantOf(text, now);
  if (Number.isNaN(at) || at > LATEST)
    throw new InvalidArgumentError('Wanted: a day (2027-06-30), an instant (2027-06-30T12:00Z), or 30d or 12h.');
  if (at <= now.getTime()) throw new InvalidArgumentError('That is past: the key would never hold.');
  return new Date(at);
}
