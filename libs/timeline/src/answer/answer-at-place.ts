import type { PoolClient } from 'pg';
import { readAtPlace, type Place } from '#libs/projection';
import { readCursor, queryHash, type Cursor, type CursorScope } from '../paging/cursor.js';
import { placeRequest, type Pins } from '../paging/page.js';
import type { Given } from '../request/read-query.js';
import type { HttpRequest } from '../http.js';
import type { TimelineOptions } from '../timeline-options.js';
import { makeAnswer, type Answer } from './answer.js';

/** A read that is asked for: what, by which parameters. */
export interface Ask {
  /** The path as it is cited. */
  readonly path: string;
  readonly request: HttpRequest;
  readonly query: Pins & { readonly cursor?: string };
}

/** What a read is handed beside its client: where it stands and how its page goes on. */
export interface Reading {
  readonly place: Place;
  readonly scope: CursorScope;
  readonly cursor: Cursor | undefined;
}

/**
 * Answers from one snapshot at the place that is asked for.
 * @throws ValidationError for a cursor of another query, version or place; TransientError where the place does not come
 */
export async function answerAtPlace(
  options: TimelineOptions,
  { path, request, query }: Ask,
  read: (client: PoolClient, reading: Reading) => Promise<object>,
): Promise<Answer> {
  const given = request.query as Given;
  const scope = { query: queryHash(path, given), viewVersion: options.source.viewVersion };
  const cursor = query.cursor === undefined ? undefined : readCursor(scope, query.cursor);
  const { place, result } = await readAtPlace(options.source, placeRequest(query, cursor), (client, at) =>
    read(client, { place: at, scope, cursor }),
  );
  return makeAnswer({ publicUrl: options.publicUrl ?? '', path, given, pins: query }, place, result);
}
