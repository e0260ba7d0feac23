import type { PoolClient } from 'pg';
import { COLLECTIONS, type Collection, type Json } from '#libs/contracts';
import type { Place } from '#libs/projection';
import { placeSql, queryAt } from '../place-sql.js';
import type { EntryRow } from './entry.js';

/** A relation that an entry tells of another stream or event. */
export interface RelationFrom {
  /** Of the entry that tells it. */
  readonly version: number;
  readonly relation: string;
  /** The ref as told. */
  readonly body: { readonly [key: string]: Json };
  /** The version of the entry that the title is of; `null`: the target is not there (yet), or retracted. */
  readonly titleVersion: number | null;
  readonly title: string | null;
}

/** A relation that another entry tells of this one. */
export interface RelationTo {
  readonly relation: string;
  readonly stream: string;
  readonly version: number;
  readonly body: { readonly [key: string]: Json };
  readonly occurred: string;
  readonly title: string;
}

const OPENINGS = Object.values<Collection>(COLLECTIONS).flatMap(({ opening }) => opening ?? []);

/** One entry at a place, retracted or not; `undefined` where it is not recorded, or not known, by then. */
export async function findEntry(
  client: PoolClient,
  place: Place,
  stream: string,
  version: number,
): Promise<EntryRow | undefined> {
  const rows = await queryAt<EntryRow>(client, place, placeSql(import.meta.url, 'find-entry'), [stream, version]);
  return rows[0];
}

/**
 * What an entry tells of other streams and events.
 * @param version `null`: what any entry of the stream tells
 */
export const relationsFrom = (
  client: PoolClient,
  place: Place,
  stream: string,
  version: number | null,
): Promise<RelationFrom[]> =>
  queryAt(client, place, placeSql(import.meta.url, 'relations-from'), [stream, version, OPENINGS]);

/**
 * What other entries tell of this one, or of its whole stream.
 * @param version `null`: of any entry of the stream
 */
export const relationsTo = (
  client: PoolClient,
  place: Place,
  stream: string,
  version: number | null,
): Promise<RelationTo[]> => queryAt(client, place, placeSql(import.meta.url, 'relations-to'), [stream, version]);
