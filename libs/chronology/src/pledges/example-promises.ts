import type { Money } from '#libs/contracts';
import type { PromiseLine, PromiseLink, PromiseState } from './promise.js';

/** Promises for specs, in millions, as the counting contract tells them. */

const MILLION = '000000';

export const cad = (millions: number, qualifier: Money['qualifier'] = 'exact'): Money => ({
  amount: `${millions}${MILLION}`,
  currency: 'CAD',
  qualifier,
});

export const usd = (millions: number, qualifier: Money['qualifier'] = 'exact'): Money => ({
  ...cad(millions, qualifier),
  currency: 'USD',
});

export const line = (id: string, money: Money | null, more: Partial<PromiseLine> = {}): PromiseLine => ({
  id,
  label: id,
  category: 'military/mixed',
  instrument: null,
  within: null,
  money,
  event: 'pledge/example@2',
  ...more,
});

export const link = (
  relation: PromiseLink['relation'],
  target: string,
  money: Money | null = null,
  more: Partial<PromiseLink> = {},
): PromiseLink => ({
  relation,
  target,
  money,
  line: null,
  event: 'pledge/example@1',
  knownSince: '2025-01-01',
  position: 1,
  ...more,
});

/** A grant of Canada's for military purposes, announced on the first day of 2025, unless told otherwise. */
export const promise = (stream: string, money: Money | null, more: Partial<PromiseState> = {}): PromiseState => ({
  stream,
  opening: { position: 1, knownSince: '2025-01-01' },
  donors: ['state:ca'],
  scope: 'whole',
  instrument: 'grant',
  category: 'military',
  money,
  faceToldBy: `${stream}@1`,
  reportedAs: [],
  newness: null,
  newMoney: null,
  lines: [],
  links: [],
  cancelled: null,
  draws: [],
  tellings: [],
  ...more,
});

/** When a promise was announced: the later, the larger. */
export const announced = (day: number): PromiseState['opening'] => ({
  position: day,
  knownSince: `2025-01-${String(day).padStart(2, '0')}`,
});
