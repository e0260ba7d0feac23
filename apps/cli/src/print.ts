import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';

/** How a command shows what it found. */
export type Form = 'table' | 'json' | 'csv';

/** A column of a table: its heading, its name in CSV, and what stands in it. */
export interface Column<Row> {
  readonly name: string;
  readonly text: (row: Row) => string | number | null | undefined;
  /** Longest text in a table for eyes; programs get the whole. */
  readonly width?: number;
  /** How it stands in a table, where that is not the text itself. */
  readonly forEyes?: (row: Row) => string;
}

export interface Listing<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

export const write = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);

const shortened = (text: string, width = 60): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

/** Columns two spaces apart, and no lines. */
const NO_LINES = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map((edge) => [
    edge,
    '',
  ]),
);
const CHARS = {
  ...NO_LINES,
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

function cellText<Row>({ text, width, forEyes }: Column<Row>, row: Row): string {
  return shortened(forEyes?.(row) ?? String(text(row) ?? ''), width);
}

function tableText<Row>({ columns, rows }: Listing<Row>): string {
  const table = new Table({
    head: columns.map(({ name }) => name),
    chars: CHARS,
    style: { head: process.stdout.isTTY ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(columns.map((column) => cellText(column, row)));
  return table.toString().replaceAll(/ +$/gm, '');
}

/** A cell that a spreadsheet would take for a formula is escaped. */
const csvText = <Row>({ columns, rows }: Listing<Row>): string =>
  stringify(
    rows.map((row) => columns.map(({ text }) => text(row) ?? '')),
    { header: true, columns: columns.map(({ name }) => name), escape_formulas: true },
  );

/** Prints rows for eyes, or as CSV. */
export function printRows<Row>(form: Exclude<Form, 'json'>, listing: Listing<Row>): void {
  write(form === 'csv' ? csvText(listing) : tableText(listing));
}

/** Which form the flags of a command ask for. */
export const formOf = ({ json, csv }: { json?: boolean; csv?: boolean }): Form =>
  json ? 'json' : csv ? 'csv' : 'table';
