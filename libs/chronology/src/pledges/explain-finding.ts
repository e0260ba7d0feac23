import type { Mills } from '#libs/contracts';

export type MoneyRule =
  | 'residual-below-zero'
  | 'lines-over-their-line'
  | 'newness-differs'
  | 'circle'
  | 'straddles'
  | 'rival-figure'
  | 'less-than-told-before'
  | 'sides-differ'
  | 'tellings-differ'
  | 'draws-over-promise'
  | 'draws-over-line'
  | 'draw-after-cancellation'
  | 'draw-after-completion'
  | 'unresolved-line';

/** Something odd in the figures, accepted and shown. */
export interface MoneyFinding {
  /** `<rule>:<stream or event>:<field>` */
  readonly id: string;
  readonly rule: MoneyRule;
  /** The rule of the counting contract that makes it one. */
  readonly by: string;
  /** The promise, or the event that is odd. */
  readonly at: string;
  readonly field: string;
  /** In thousandths of the currency unit, where it is about a difference. */
  readonly difference: Mills | null;
  /** The events that make it, where it is about some. */
  readonly events: readonly string[];
}

export const odd = (
  found: Omit<MoneyFinding, 'id' | 'events'> & { readonly events?: readonly string[] },
): MoneyFinding => ({ id: `${found.rule}:${found.at}:${found.field}`, events: [], ...found });
