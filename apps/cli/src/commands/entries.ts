import type { Command } from 'commander';
import { askApi } from '../ask-api.js';
import { withConnection } from '../connection.js';
import { formOf, printRows, write, type Column } from '../print.js';
import { placeLine, type PlaceAnswer } from '../place-line.js';
import { addFilters, addForms, parametersOf } from './filters.js';

interface Entry {
  readonly entry: string;
  readonly occurred: string;
  readonly known_since: string;
  readonly type: string;
  readonly title: string;
  readonly citations: readonly { readonly publisher: string; readonly url?: string }[];
}

interface EntriesAnswer extends PlaceAnswer {
  readonly entries: readonly Entry[];
  readonly next_cursor: string | null;
}

const COLUMNS: readonly Column<Entry>[] = [
  { name: 'occurred', text: (entry) => entry.occurred, width: 21 },
  { name: 'known since', text: (entry) => entry.known_since },
  { name: 'title', text: (entry) => entry.title, width: 72 },
  { name: 'entry', text: (entry) => entry.entry },
  { name: 'first source', text: (entry) => entry.citations[0]?.publisher, width: 24 },
];

async function listEntries(options: Record<string, unknown>): Promise<void> {
  const form = formOf(options);
  const text = await withConnection(async (connection) =>
    askApi(await connection.viewSource(), '/v1/entries', parametersOf(options, 'entries')),
  );
  if (form === 'json') return write(text);
  const answer = JSON.parse(text) as EntriesAnswer;
  printRows(form, { columns: COLUMNS, rows: answer.entries });
  if (form === 'table') write(placeLine(answer, answer.next_cursor));
}

export function addEntries(program: Command): void {
  const command = program.command('entries').description('the chronology: what happened, by day');
  addForms(addFilters(command, 'entries')).action(listEntries);
}
