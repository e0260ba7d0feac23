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

const notBelowZero = (mills: Mills): Mills => (mills < 0n ? 0n : mills);

/** What is left to count: no bound below is 0, no bound above stays none. */
export const clipped = (sum: Sum): Sum => ({
  low: notBelowZero(sum.low ?? 0n),
  stated: notBelowZero(sum.stated),
  high: sum.high === null ? null : notBelowZero(sum.high),
  inexact: sum.inexact,
});
