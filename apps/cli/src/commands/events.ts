import type { Command } from 'commander';
import { askApi } from '../ask-api.js';
import { withConnection } from '../connection.js';
import { placeLine, type PlaceAnswer } from '../place-line.js';
import { formOf, printRows, write, type Column } from '../print.js';
import { addFilters, addForms, parametersOf } from './filters.js';

interface Event {
  readonly position: string;
  readonly recordedtime: string;
  readonly knownsince: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
  readonly id: string;
  readonly source: string;
}

interface EventsAnswer extends PlaceAnswer {
  readonly events: readonly Event[];
  readonly next_after: number | null;
}

const COLUMNS: readonly Column<Event>[] = [
  { name: 'position', text: (event) => event.position },
  { name: 'recorded', text: (event) => event.recordedtime },
  { name: 'known since', text: (event) => event.knownsince },
  { name: 'type', text: (event) => event.type },
  { name: 'event', text: (event) => `${event.subject}@${event.sequence}` },
  { name: 'source', text: (event) => event.source },
  { name: 'id', text: (event) => event.id, width: 36 },
];

async function listEvents(options: Record<string, unknown>): Promise<void> {
  const form = formOf(options);
  const text = await withConnection(async (connection) =>
    askApi(await connection.viewSource(), '/v1/events', parametersOf(options, 'events')),
  );
  if (form === 'json') return write(text);
  const answer = JSON.parse(text) as EventsAnswer;
  printRows(form, { columns: COLUMNS, rows: answer.events });
  if (form !== 'table') return;
  const more = answer.next_after === null ? '' : `\nthere is more: --after ${answer.next_after}`;
  write(`${placeLine(answer)}${more}`);
}

export function addEvents(program: Command): void {
  const command = program.command('events').description('the journal itself, in its order');
  addForms(addFilters(command, 'events')).action(listEvents);
}
