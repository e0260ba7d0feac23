import type { Command } from 'commander';
import { askApi } from '../ask-api.js';
import { withConnection } from '../connection.js';
import { placeLine, type PlaceAnswer } from '../place-line.js';
import { formOf, printRows, write, type Column } from '../print.js';
import { addFilters, addForms, parametersOf } from './filters.js';

interface Sum {
  /** `null`: there is no bound on that side. */
  readonly low: string | null;
  readonly stated: string;
  readonly high: string | null;
  readonly inexact: boolean;
}

interface Pledge {
  readonly pledge: string;
  readonly title: string | null;
  readonly occurred: string | null;
  readonly donors: readonly string[];
  readonly currency: string | null;
  readonly announced: Sum;
  readonly counted_new: { readonly sum: Sum };
  readonly itemized: readonly { readonly currency: string; readonly sum: Sum }[];
  readonly residual: Sum | null;
}

interface PledgesAnswer extends PlaceAnswer {
  readonly pledges: readonly Pledge[];
  readonly next_cursor: string | null;
}

interface Line {
  readonly id: string;
  readonly label: string;
  readonly category: string;
  readonly money: { readonly amount: string; readonly currency: string | null; readonly qualifier: string } | null;
  readonly told_by: string;
}

interface Rival {
  readonly publisher: string;
  readonly currency: string | null;
  readonly residual: Sum | null;
  /** Why there is none. */
  readonly because: string | null;
}

interface PledgeAnswer extends Pledge, PlaceAnswer {
  readonly lines: readonly Line[];
  readonly residuals_by_citation: readonly Rival[];
  readonly findings: readonly { readonly id: string }[];
}

/** How a sum stands to what is printed: a floor, a ceiling, or about. */
function boundOf({ low, stated, high, inexact }: Sum): string {
  if (high === null) return '≥';
  if (low !== stated) return '≤';
  return inexact ? '~' : '';
}

/** Whole thousands apart, as eyes want it. */
const grouped = (amount: string): string => amount.replaceAll(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ',');
const sumForEyes = (sum: Sum | null | undefined): string => (sum ? `${boundOf(sum)}${grouped(sum.stated)}` : '');

const moneyColumn = (name: string, sumOf: (pledge: Pledge) => Sum | null | undefined): Column<Pledge> => ({
  name,
  text: (pledge) => sumOf(pledge)?.stated,
  forEyes: (pledge) => sumForEyes(sumOf(pledge)),
});

const PLEDGES: readonly Column<Pledge>[] = [
  { name: 'occurred', text: (pledge) => pledge.occurred, width: 21 },
  { name: 'pledge', text: (pledge) => pledge.pledge },
  { name: 'donors', text: (pledge) => pledge.donors.join(' ') },
  { name: 'currency', text: (pledge) => pledge.currency },
  moneyColumn('announced', (pledge) => pledge.announced),
  moneyColumn('counted new', (pledge) => pledge.counted_new.sum),
  moneyColumn('itemized', (pledge) => pledge.itemized[0]?.sum),
  moneyColumn('residual', (pledge) => pledge.residual),
];

const LINES: readonly Column<Line>[] = [
  { name: 'line', text: (line) => line.id },
  { name: 'label', text: (line) => line.label, width: 60 },
  { name: 'category', text: (line) => line.category },
  { name: 'amount', text: (line) => line.money?.amount, forEyes: (line) => grouped(line.money?.amount ?? '') },
  { name: 'currency', text: (line) => line.money?.currency },
  { name: 'qualifier', text: (line) => line.money?.qualifier },
  { name: 'told by', text: (line) => line.told_by },
];

const rivalForEyes = ({ publisher, currency, residual, because }: Rival): string =>
  residual
    ? `by ${publisher} the residual is ${currency} ${sumForEyes(residual)}`
    : `by ${publisher} there is no residual: ${because}`;

function printPledge(answer: PledgeAnswer): void {
  write(`${answer.pledge}: ${answer.title ?? '(its announcement is not known here)'}\n\n`);
  printRows('table', { columns: PLEDGES.slice(2), rows: [answer] });
  write('');
  printRows('table', { columns: LINES, rows: answer.lines });
  write('');
  for (const rival of answer.residuals_by_citation) write(rivalForEyes(rival));
  for (const { id } of answer.findings) write(`finding ${id}`);
  write(placeLine(answer));
}

async function showPledge(slug: string, options: Record<string, unknown>): Promise<void> {
  const form = formOf(options);
  const text = await withConnection(async (connection) =>
    askApi(
      await connection.viewSource(),
      `/v1/pledges/${encodeURIComponent(slug.replace(/^pledge\//, ''))}`,
      parametersOf(options, 'pledge'),
    ),
  );
  if (form === 'json') return write(text);
  const answer = JSON.parse(text) as PledgeAnswer;
  if (form === 'csv') return printRows(form, { columns: LINES, rows: answer.lines });
  printPledge(answer);
}

async function listPledges(options: Record<string, unknown>): Promise<void> {
  const form = formOf(options);
  const text = await withConnection(async (connection) =>
    askApi(await connection.viewSource(), '/v1/pledges', parametersOf(options, 'pledges')),
  );
  if (form === 'json') return write(text);
  const answer = JSON.parse(text) as PledgesAnswer;
  printRows(form, { columns: PLEDGES, rows: answer.pledges });
  if (form === 'table') write(placeLine(answer, answer.next_cursor));
}

export function addLedger(program: Command): void {
  const command = program
    .command('ledger')
    .description('what was pledged, and what became of it; one pledge by line')
    .argument('[pledge]', 'slug, such as 2025-g7-military-package');
  addForms(addFilters(command, 'pledges')).action((slug: string | undefined, options: Record<string, unknown>) =>
    slug === undefined ? listPledges(options) : showPledge(slug, options),
  );
}
