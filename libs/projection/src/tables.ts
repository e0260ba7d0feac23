import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell, KnownRow } from '#libs/contracts';
import { sql } from '#libs/platform';
import { grouped } from './grouped.js';
import { LoopStop } from './stop.js';
import type { Addition, Closing } from './stream-changes.js';

/** The schema of a generation's views. */
export const schemaOf = (generation: number): string => `views_${generation}`;

interface Column {
  readonly column: string;
  readonly type: string;
}

/** Columns of each table of a generation, as its plain schema.sql made them. */
export type Tables = ReadonlyMap<string, readonly Column[]>;

/** Reads from the catalogue what schema.sql made, so that no list of columns has to agree with it. */
export async function tablesOf(client: PoolClient, generation: number): Promise<Tables> {
  const { rows } = await client.query<Column & { table: string }>(sql(import.meta.url, 'columns-of-views'), [
    schemaOf(generation),
  ]);
  return grouped(rows, (row) => row.table);
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Source: PostgreSQL documentation, COPY, section Text Format. */
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : text;

const quoted = (item: Cell): string =>
  `"${(typeof item === 'string' ? item : JSON.stringify(item)).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** A cell as COPY's text format has it. */
function cellText(value: Cell, type: string): string {
  if (value === null || value === undefined) return '\\N';
  if (type === 'jsonb') return escaped(JSON.stringify(value));
  if (Array.isArray(value)) return escaped(`{${value.map(quoted).join(',')}}`);
  return typeof value === 'string' ? escaped(value) : JSON.stringify(value);
}

type Placed = Pick<Addition, 'row' | 'stream'> & { fromPosition?: number; toPosition?: number | null };

function cellOf({ row, stream, fromPosition, toPosition }: Placed, column: string): Cell {
  switch (column) {
    case 'stream':
      return stream;
    case 'version':
      return row.version;
    case 'key':
      return row.key;
    case 'known_from':
      return row.knownFrom;
    case 'known_to':
      return row.knownTo;
    case 'from_position':
      return fromPosition;
    case 'to_position':
      return toPosition;
    default:
      return row.columns[column];
  }
}

const byTable = <Item extends { row: KnownRow }>(items: readonly Item[]): Map<string, Item[]> =>
  grouped(items, (item) => item.row.table);

function columnsOf(tables: Tables, table: string): readonly Column[] {
  const columns = tables.get(table);
  if (!columns)
    throw new LoopStop(
      'projection-failed',
      `rows were made for the table ${table}, which no schema.sql creates`,
      'mend the view, deploy, and start again',
    );
  return columns;
}

/** Lines handed to the socket at once: neither a line nor a whole batch a write. */
const LINES = 200;

function* copyText(columns: readonly Column[], additions: readonly Addition[]): Generator<string> {
  for (let start = 0; start < additions.length; start += LINES) {
    let text = '';
    for (const addition of additions.slice(start, start + LINES))
      text += `${columns.map(({ column, type }) => cellText(cellOf(addition, column), type)).join('\t')}\n`;
    yield text;
  }
}

async function addTo(
  client: PoolClient,
  table: string,
  columns: readonly Column[],
  additions: Addition[],
): Promise<void> {
  const names = columns.map(({ column }) => `"${column}"`).join(', ');
  const copy = client.query(copyFrom(`copy ${table} (${names}) from stdin`));
  await pipeline(Readable.from(copyText(columns, additions)), copy);
}

async function closeIn(client: PoolClient, table: string, closings: Closing[]): Promise<void> {
  await client.query(
    `update ${table} t set to_position = given.position
    from unnest($1::text[], $2::integer[], $3::text[], $4::date[], $5::bigint[])
      as given (stream, version, key, known_from, position)
    where t.stream = given.stream and t.version = given.version and t.key = given.key
      and t.known_from = given.known_from and t.to_position is null`,
    [
      closings.map((one) => one.stream),
      closings.map((one) => one.row.version),
      closings.map((one) => one.row.key),
      closings.map((one) => one.row.knownFrom),
      closings.map((one) => one.position),
    ],
  );
}

/** Writes a batch's changes, a COPY or an UPDATE a table; closings first, so that an open row is the only one of its place. */
export async function writeChanges(
  client: PoolClient,
  generation: number,
  tables: Tables,
  changes: { additions: readonly Addition[]; closings: readonly Closing[] },
): Promise<void> {
  const schema = schemaOf(generation);
  for (const [table, closings] of byTable(changes.closings)) await closeIn(client, `${schema}.${table}`, closings);
  for (const [table, additions] of byTable(changes.additions))
    await addTo(client, `${schema}.${table}`, columnsOf(tables, table), additions);
}
