import { toMills, type Conversion, type Mills, type Money } from '#libs/contracts';

/** A sum with its bounds (rule M7), in thousandths of the currency unit. `null`: no bound on that side. */
export interface Sum {
  readonly low: Mills | null;
  /** The printed figures as they are. */
  readonly stated: Mills;
  readonly high: Mills | null;
  /** Whether an approximate figure is in it. */
  readonly inexact: boolean;
}

export const NOTHING: Sum = { low: 0n, stated: 0n, high: 0n, inexact: false };

/** What a promise without a figure gives: nothing that can be added, and no upper bound. */
export const UNSTATED: Sum = { low: 0n, stated: 0n, high: null, inexact: false };

const BOUNDS: Record<Money['qualifier'], (mills: Mills) => Sum> = {
  exact: (mills) => ({ low: mills, stated: mills, high: mills, inexact: false }),
  approximate: (mills) => ({ low: mills, stated: mills, high: mills, inexact: true }),
  'up-to': (mills) => ({ low: 0n, stated: mills, high: mills, inexact: false }),
  'at-least': (mills) => ({ low: mills, stated: mills, high: null, inexact: false }),
};

/** A printed figure with its bounds, in whatever currency it is printed. */
export const printed = (money: Money): Sum => BOUNDS[money.qualifier](toMills(money.amount));

/**
 * The money in a currency: as printed, or by a conversion that a source printed for that very money (rule M10);
 * `null` where no source ties the two.
 */
export function sumIn(money: Money, currency: string, conversions: readonly Conversion[] = []): Sum | null {
  if (money.currency === currency) return printed(money);
  const tied = [...(money.reported_as ?? []), ...conversions].find((one) => one.currency === currency);
  return tied ? BOUNDS[tied.qualifier ?? money.qualifier](toMills(tied.amount)) : null;
}

const both = (a: Mills | null, b: Mills | null, join: (a: Mills, b: Mills) => Mills): Mills | null =>
  a === null || b === null ? null : join(a, b);

const added = (a: Mills, b: Mills): Mills => a + b;
const less = (a: Mills, b: Mills): Mills => a - b;

export const plus = (a: Sum, b: Sum): Sum => ({
  low: both(a.low, b.low, added),
  stated: a.stated + b.stated,
  high: both(a.high, b.high, added),
  inexact: a.inexact || b.inexact,
});

export const total = (sums: readonly Sum[]): Sum => sums.reduce(plus, NOTHING);

/** Takes off crosswise: the most from the least, the least from the most. Never clipped: a residual may be below 0. */
export const minus = (a: Sum, b: Sum): Sum => ({
  low: both(a.low, b.high, less),
  stated: a.stated - b.stated,
  high: both(a.high, b.low, less),
  inexact: a.inexact || b.inexact,
});

const least = (a: Mills, b: Mills): Mills => (a < b ? a : b);
const most = (a: Mills, b: Mills): Mills => (a > b ? a : b);

/** The larger of two, bound by bound. */
export const larger = (a: Sum, b: Sum): Sum => ({
  low: both(a.low, b.low, most),
  stated: most(a.stated, b.stated),
  high: both(a.high, b.high, most),
  inexact: a.inexact || b.inexact,
});

/** The smaller of two, bound by bound: no bound above is more than any. */
export const smaller = (a: Sum, b: Sum): Sum => ({
  low: both(a.low, b.low, least),
  stated: least(a.stated, b.stated),
  high: a.high === null ? b.high : b.high === null ? a.high : least(a.high, b.high),
  inexact: a.inexact || b.inexact,
});

/** Half a unit of the last digit that is not 0: how far an approximate figure may be off. */
function halfUnit(mills: Mills): Mills {
  if (mills === 0n) return 0n;
  let unit = 1n;
  while (mills % (unit * 10n) === 0n) unit *= 10n;
  return unit / 2n;
}

/** Whether two figures can be of the same money: their bounds meet, an approximate one's half a unit wider. */
export function canBeEqual(a: Sum, b: Sum): boolean {
  const room = (a.inexact ? halfUnit(a.stated) : 0n) + (b.inexact ? halfUnit(b.stated) : 0n);
  const reaches = (from: Mills | null, to: Mills | null): boolean => from === null || to === null || from <= to + room;
  return reaches(a.low, b.high) && reaches(b.low, a.high);
}

const notBelowZero = (mills: Mills): Mills => (mills < 0n ? 0n : mills);

/** What is left to count: no bound below is 0, no bound above stays none. */
export const clipped = (sum: Sum): Sum => ({
  low: notBelowZero(sum.low ?? 0n),
  stated: notBelowZero(sum.stated),
  high: sum.high === null ? null : notBelowZero(sum.high),
  inexact: sum.inexact,
});
