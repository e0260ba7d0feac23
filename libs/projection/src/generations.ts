import type { PoolClient } from 'pg';
import type { View } from '#libs/contracts';
import type { Feed, Queryable } from '#libs/journal';
import { sql } from '#libs/platform';
import type { Lane } from './project-batch.js';
import { schemaOf, tablesOf } from './tables.js';

/** What a process projects: its views, from which feed, in how many lanes. */
export interface ViewSet {
  readonly views: readonly View[];
  readonly viewVersion: number;
  readonly feed: Feed;
  readonly lanes: number;
}

export interface Generation {
  readonly generation: number;
  readonly viewVersion: number;
  readonly lanes: number;
  readonly state: 'building' | 'live' | 'former' | 'dead';
}

/** Every generation on record, oldest first. */
export async function generationsOf(db: Queryable): Promise<Generation[]> {
  const { rows } = await db.query<Generation>(sql(import.meta.url, 'generations'));
  return rows;
}

export async function setState(client: PoolClient, generation: number, state: Generation['state']): Promise<void> {
  await client.query(sql(import.meta.url, 'set-state'), [generation, state]);
}

/** Makes the schema and the tables of a new generation, with its progress at 0; in the caller's transaction. */
export async function createGeneration(client: PoolClient, set: ViewSet): Promise<Generation> {
  const { rows } = await client.query<{ generation: number }>(sql(import.meta.url, 'create-generation'), [
    set.viewVersion,
    set.lanes,
  ]);
  const generation = rows[0]?.generation ?? 1;
  await client.query(sql(import.meta.url, 'create-progress'), [generation, set.lanes]);
  await client.query(`create schema ${schemaOf(generation)}`);
  await client.query(`set local search_path = ${schemaOf(generation)}, pg_catalog`);
  for (const view of set.views) await client.query(view.schema);
  await client.query('set local search_path to default');
  return { generation, viewVersion: set.viewVersion, lanes: set.lanes, state: 'building' };
}

/** Drops a generation's views and its progress; a loop that still runs on it ends by itself. */
export async function dropGeneration(client: PoolClient, generation: number): Promise<void> {
  await client.query(sql(import.meta.url, 'lock-progress'), [[generation]]);
  await client.query(`drop schema if exists ${schemaOf(generation)} cascade`);
  await client.query('delete from projection.generations where generation = $1', [generation]);
}

/** Makes a generation the one that answers come from. */
export async function movePointer(client: PoolClient, viewVersion: number, generation: number): Promise<void> {
  await client.query(sql(import.meta.url, 'move-pointer'), [viewVersion, generation]);
}

/** The generation that answers come from, or `null` where this view version has none. */
export async function liveGeneration(db: Queryable, viewVersion: number): Promise<number | null> {
  const { rows } = await db.query<{ generation: number }>(
    'select generation from projection.pointer where view_version = $1',
    [viewVersion],
  );
  return rows[0]?.generation ?? null;
}

/** Position up to which a generation has projected everything: the least of its lanes. */
export async function watermarkOf(db: Queryable, generation: number): Promise<number> {
  const { rows } = await db.query<{ watermark: number | null }>(sql(import.meta.url, 'watermark'), [generation]);
  return rows[0]?.watermark ?? 0;
}

/** One lane of a generation, ready to be projected. */
export async function laneOf(client: PoolClient, set: ViewSet, generation: Generation, lane: number): Promise<Lane> {
  const tables = await tablesOf(client, generation.generation);
  return { generation: generation.generation, lane, lanes: generation.lanes, feed: set.feed, views: set.views, tables };
}
