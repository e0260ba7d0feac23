import type { PoolClient } from 'pg';
import { placeParameters, rectangleAt, type Place } from '#libs/projection';
import { sql } from '#libs/platform';

const texts = new Map<string, string>();

/**
 * `sql/<name>.sql` beside the module that asks, with `:at(e)` written out as the rows of `e` that hold at the place of
 * the read; `$1` and `$2` are the place's.
 */
export function placeSql(moduleUrl: string, name: string): string {
  const key = `${moduleUrl} ${name}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = sql(moduleUrl, name).replaceAll(/:at\((\w+)\)/g, (_all, alias: string) => rectangleAt(alias));
  texts.set(key, text);
  return text;
}

/**
 * Runs a statement of {@link placeSql} at a place.
 * @param parameters `$3` and on
 */
export async function queryAt<Row extends object>(
  client: PoolClient,
  place: Place,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query<Row>(text, [...placeParameters(place), ...parameters]);
  return rows;
}
