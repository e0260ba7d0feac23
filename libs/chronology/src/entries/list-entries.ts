import type { PoolClient } from 'pg';
import type { Day } from '#libs/contracts';
import type { Place } from '#libs/projection';
import { Conditions } from '../conditions.js';
import { placeSql, queryAt } from '../place-sql.js';
import type { EntryRow } from './entry.js';

/** Which entries; all of them must hold. */
export interface EntryFilter {
  /** Days in the world that the entry's own must overlap; either end may be left out. */
  readonly occurredFrom?: Day;
  readonly occurredTo?: Day;
  readonly kinds?: readonly string[];
  /** A party that is named in it, or that somebody speaks for. */
  readonly party?: string;
  /** Words as a search box takes them: "a phrase", or, -not. */
  readonly words?: string;
}

/** After which entry a page begins. */
export interface EntryKey {
  readonly occurredDay: Day;
  readonly position: number;
}

/**
 * Entries are put under one day and may reach over many. Those whose day lies within are found by the order of the list
 * itself; those that only reach into it, which are few, by an index of their own (entries_vague).
 */
function overlapBranches(conditions: Conditions, from: Day, to: Day): [string, string] {
  const [first, last] = [conditions.name(from), conditions.name(to)];
  const within = `e.occurred_day between ${first}::date and ${last}::date`;
  const reachesIn =
    `e.occurred_from < e.occurred_to and daterange(e.occurred_from, e.occurred_to, '[]')` +
    ` && daterange(${first}::date, ${last}::date, '[]')`;
  return [conditions.and(within), conditions.and(`not (${within})`, reachesIn)];
}

const conditionsOf = (filter: EntryFilter, after: EntryKey | undefined, limit: number): Conditions =>
  new Conditions([limit])
    .where((kinds) => `e.kind = any (${kinds}::text[])`, filter.kinds)
    .where((party) => `e.parties @> array[${party}::text]`, filter.party)
    .where((words) => `e.words @@ websearch_to_tsquery('simple', ${words})`, filter.words)
    .where(
      (day, position) => `(e.occurred_day, e.position) > (${day}::date, ${position}::bigint)`,
      after?.occurredDay,
      after?.position,
    );

/** The entries of a page, in the order of the day they are put under and their position. */
export async function listEntries(
  client: PoolClient,
  place: Place,
  filter: EntryFilter,
  page: { readonly after?: EntryKey; readonly limit: number },
): Promise<EntryRow[]> {
  const select = placeSql(import.meta.url, 'list-entries');
  const conditions = conditionsOf(filter, page.after, page.limit);
  if (filter.occurredFrom === undefined && filter.occurredTo === undefined)
    return queryAt(
      client,
      place,
      select.replace(':filters', () => conditions.and()),
      conditions.values,
    );
  const branches = overlapBranches(conditions, filter.occurredFrom ?? '-infinity', filter.occurredTo ?? 'infinity');
  const [within, reachingIn] = branches.map((branch) => select.replace(':filters', () => branch));
  const union = `(${within}) union all (${reachingIn}) order by "occurredDay", position limit $3`;
  return queryAt(client, place, union, conditions.values);
}
