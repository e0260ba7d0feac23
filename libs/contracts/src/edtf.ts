import edtf from 'edtf';

/** A calendar day, `YYYY-MM-DD`, without a zone. Compares as text. */
export type Day = string;

/** What an EDTF text says of its days; `null` is an open or unknown end. */
export interface EdtfBounds {
  /** First day possible. */
  readonly from: Day | null;
  /** Last day possible. */
  readonly to: Day | null;
  /** The latest day of the start; of the end, where the start is open: what events are folded by. */
  readonly foldDay: Day;
}

interface Span {
  readonly first: Day;
  readonly last: Day;
}

const POINT = /^\d{4}(-(\d\d|XX)(-(\d\d|XX))?)?[?~%]?$|^\d{3}X$|^\d{2}XX$/;
const SEASON = /^(\d{4})-(2[1-4])[?~%]?$/;

/** First month of each EDTF season; northern, meteorological: winter begins in December of the year named. */
const SEASON_STARTS: Record<string, number> = { '21': 3, '22': 6, '23': 9, '24': 12 };

/** @throws RangeError outside the years 0000 to 9999 */
function dayOf(year: number, month: number, day: number): Day {
  const date = new Date(0);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  const text = date.toISOString();
  if (!/^\d{4}-/.test(text)) throw new RangeError(`a day beyond the years 0000 to 9999: ${text}`);
  return text.slice(0, 10);
}

function seasonSpan(year: number, season: string): Span {
  const month = SEASON_STARTS[season] ?? 1;
  return { first: dayOf(year, month, 1), last: dayOf(year, month + 3, 0) };
}

/** The library takes a grammar's time for a text; a plain day, by far the commonest, needs no grammar. */
const PLAIN_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function pointSpan(text: string): Span {
  const plain = PLAIN_DAY.exec(text);
  if (plain) {
    if (dayOf(Number(plain[1]), Number(plain[2]), Number(plain[3])) !== text)
      throw new RangeError(`no such day in the calendar: ${text}`);
    return { first: text, last: text };
  }
  const season = SEASON.exec(text);
  if (season) return seasonSpan(Number(season[1]), season[2] ?? '');
  if (!POINT.test(text)) throw new RangeError(`not a day, month, year or season: ${text}`);
  let value: ReturnType<typeof edtf>;
  try {
    value = edtf(text, { level: 1 });
  } catch {
    throw new RangeError(`not EDTF level 0 or 1: ${text}`);
  }
  const iso = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
  return { first: iso(value.min), last: iso(value.max) };
}

/** Spans of texts met before; vague dates are few and told often. */
const spans = new Map<string, Span>();
const SPANS_KEPT = 10_000;

function spanOf(text: string): Span {
  const known = spans.get(text);
  if (known) return known;
  const span = pointSpan(text);
  // PostgreSQL, like every calendar with years BC, has no year 0.
  if (span.first < '0001') throw new RangeError(`before the year 0001: ${text}`);
  if (spans.size >= SPANS_KEPT) spans.clear();
  spans.set(text, span);
  return span;
}

const isOpen = (part: string): boolean => part === '' || part === '..';

/**
 * Bounds of an EDTF level 0/1 text: a day, month, year or season, each with `?`, `~` or `%` behind it, one with its last
 * parts unspecified (`202X`, `2025-XX`, `2025-08-XX`), or an interval of two, either end open. Times of day and years
 * beyond four digits are refused.
 * Source: EDTF specification (Library of Congress, 2019), level 1.
 * @throws RangeError where the text is not one of these, or the interval ends before it begins
 */
export function edtfBounds(text: string): EdtfBounds {
  const parts = text.split('/');
  if (parts.length === 1) {
    const { first, last } = spanOf(text);
    return { from: first, to: last, foldDay: last };
  }
  const [start = '', end = ''] = parts;
  if (parts.length > 2 || (isOpen(start) && isOpen(end))) throw new RangeError(`not an interval: ${text}`);
  const begins = isOpen(start) ? null : spanOf(start);
  const ends = isOpen(end) ? null : spanOf(end);
  if (begins && ends && begins.first > ends.last) throw new RangeError(`ends before it begins: ${text}`);
  return {
    from: begins?.first ?? null,
    to: ends?.last ?? null,
    foldDay: (begins ?? ends)?.last ?? '',
  };
}

/** Whether a text is EDTF as {@link edtfBounds} reads it. */
export function isEdtf(text: string): boolean {
  try {
    edtfBounds(text);
    return true;
  } catch {
    return false;
  }
}

/** The day after, for half-open ranges and for "never later than the recorded day plus one". */
export function nextDay(day: Day): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return dayOf(year, month, date + 1);
}
