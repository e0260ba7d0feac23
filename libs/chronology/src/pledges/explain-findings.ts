import { toMills, type Mills } from '#libs/contracts';
import { odd, type MoneyFinding } from './explain-finding.js';
import type { ExplainRow } from './explain-row.js';

function oddPart({ stream, part, told, line }: ExplainRow): MoneyFinding[] {
  if (told.stated >= 0n) return [];
  const found = { by: 'M9', at: stream, difference: told.stated } as const;
  if (part === 'residual') return [odd({ ...found, rule: 'residual-below-zero', field: '/lines' })];
  return [odd({ ...found, rule: 'lines-over-their-line', field: `/lines/${line ?? ''}` })];
}

/** What the donor's words would make the new money; `null` where they say nothing that can be compared. */
function newByTheDonor({ said, cell }: ExplainRow, face: Mills): Mills | null {
  if (said.newMoney) return said.newMoney.currency === cell.currency ? toMills(said.newMoney.amount) : null;
  if (said.newness === 'new') return face;
  return said.newness === 'previously-announced' ? 0n : null;
}

function oddWords(row: ExplainRow, face: Mills): MoneyFinding[] {
  // The words were said of the promise as it was made, not of what is left of it once it is cancelled.
  const words = row.cancelledBy === null ? newByTheDonor(row, face) : null;
  if (words === null || words === row.whole.stated) return [];
  const difference = words - row.whole.stated;
  return [odd({ rule: 'newness-differs', by: 'M5', at: row.stream, field: '/newness', difference })];
}

const isCircular = (row: ExplainRow): boolean => row.takenOff.some((one) => one.because === 'circle');

/** One promise's rows, counted in full and as new, folded into what is odd about them. */
export function moneyFindings(gross: readonly ExplainRow[], asNew: readonly ExplainRow[]): MoneyFinding[] {
  const [first] = asNew.filter((row) => row.listed === null);
  const face = gross.filter((row) => row.listed === null).reduce((sum, row) => sum + row.told.stated, 0n);
  const at = (asNew[0] ?? gross[0])?.stream ?? '';
  return [
    ...gross.flatMap(oddPart),
    ...(first ? oddWords(first, face) : []),
    ...(asNew.some(isCircular) ? [odd({ rule: 'circle', by: 'M3', at, field: '/refs', difference: null })] : []),
  ];
}
