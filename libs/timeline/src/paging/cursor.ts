import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, day, type Day } from '#libs/contracts';
import { ValidationError } from '#libs/platform';

/** Where a next page goes on: at the first page's place, after its last item. */
export interface Cursor {
  readonly position: number;
  readonly knownAt: Day | null;
  /** The sort key of the last item of the page before. */
  readonly after: readonly (string | number)[];
}

const written = z.strictObject({
  query: z.string(),
  view: z.int(),
  position: z.int().min(0),
  known: day.nullable(),
  after: z.array(z.union([z.string(), z.number()])).min(1),
  sum: z.string(),
});

type Written = z.infer<typeof written>;

/** Not against forgery (a cursor gives no more than its parameters would), but against typing errors. */
const sumOf = (body: Omit<Written, 'sum'>): string =>
  createHash('sha256').update(canonicalJson(body)).digest('hex').slice(0, 8);

/** What a cursor is good for: the filters, whatever the pins and the size of the pages; the view version. */
export interface CursorScope {
  readonly query: string;
  readonly viewVersion: number;
}

const NOT_OF_THE_QUERY = ['cursor', 'limit', 'as_recorded_at', 'min_position'];

/** A hash of a path and its filters. */
export function queryHash(path: string, given: Readonly<Record<string, string>>): string {
  const filters = Object.entries(given).filter(([name]) => !NOT_OF_THE_QUERY.includes(name));
  return createHash('sha256')
    .update(canonicalJson([path, Object.fromEntries(filters)]))
    .digest('hex')
    .slice(0, 16);
}

export function writeCursor(scope: CursorScope, { position, knownAt, after }: Cursor): string {
  const body = { query: scope.query, view: scope.viewVersion, position, known: knownAt, after: [...after] };
  return Buffer.from(canonicalJson({ ...body, sum: sumOf(body) })).toString('base64url');
}

const refused = (rule: string, detail: string): ValidationError =>
  new ValidationError(detail, { code: 'bad-cursor', field: 'cursor', rule, mend: 'begin again without cursor' });

function parsed(text: string): Written | undefined {
  try {
    return written.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

/** @throws ValidationError where it is not one of ours, or of another query or view version */
export function readCursor(scope: CursorScope, text: string): Cursor {
  const body = parsed(text);
  if (!body) throw refused('cursor', 'this is no cursor of ours');
  const { sum, ...signed } = body;
  if (sum !== sumOf(signed)) throw refused('cursor', 'this cursor has been altered');
  if (body.query !== scope.query) throw refused('cursor-query', 'this cursor is of another query');
  if (body.view !== scope.viewVersion)
    throw refused('cursor-version', 'this cursor is of another version of the views');
  return { position: body.position, knownAt: body.known, after: body.after };
}
