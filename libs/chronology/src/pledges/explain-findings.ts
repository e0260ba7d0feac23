import { toMills, type Mills } from '#libs/contracts';
import type { ExplainRow } from './explain.js';

/** Something odd in the figures, accepted and shown. */
export interface MoneyFinding {
  /** `<rule>:<stream>:<field>` */
  readonly id: string;
  readonly rule: 'residual-below-zero' | 'lines-over-their-line' | 'newness-differs' | 'circle';
  /** The rule of the counting contract that makes it one. */
  readonly by: string;
  readonly stream: string;
  readonly field: string;
  /** In thousandths of the currency unit, where it is about a difference. */
  readonly difference: Mills | null;
}

type Odd = Omit<MoneyFinding, 'id' | 'stream'>;

function oddPart({ part, told, line }: ExplainRow): Odd[] {
  if (told.stated >= 0n) return [];
  const odd = { by: 'M9', difference: told.stated } as const;
  if (part === 'residual') return [{ ...odd, rule: 'residual-below-zero', field: '/lines' }];
  return [{ ...odd, rule: 'lines-over-their-line', field: `/lines/${line ?? ''}` }];
}

/** What the donor's words would make the new money; `null` where they say nothing that can be compared. */
function newByTheDonor({ said, cell }: ExplainRow, face: Mills): Mills | null {
  if (said.newMoney) return said.newMoney.currency === cell.currency ? toMills(said.newMoney.amount) : null;
  if (said.newness === 'new') return face;
  return said.newness === 'previously-announced' ? 0n : null;
}

function oddWords(row: ExplainRow, face: Mills): Odd[] {
  const words = newByTheDonor(row, face);
  if (words === null || words === row.whole.stated) return [];
  return [{ rule: 'newness-differs', by: 'M5', field: '/newness', difference: words - row.whole.stated }];
}

const isCircular = (row: ExplainRow): boolean => row.takenOff.some((one) => one.because === 'circle');

/** One promise's rows, counted in full and as new, folded into what is odd about them. */
export function moneyFindings(gross: readonly ExplainRow[], asNew: readonly ExplainRow[]): MoneyFinding[] {
  const [first] = asNew.filter((row) => row.listed === null);
  const face = gross.filter((row) => row.listed === null).reduce((sum, row) => sum + row.told.stated, 0n);
  const stream = (asNew[0] ?? gross[0])?.stream ?? '';
  const odd = [
    ...gross.flatMap(oddPart),
    ...(first ? oddWords(first, face) : []),
    ...(asNew.some(isCircular) ? [{ rule: 'circle', by: 'M3', field: '/refs', difference: null } as const] : []),
  ];
  return odd.map((one) => ({ id: `${one.rule}:${stream}:${one.field}`, stream, ...one }));
}
