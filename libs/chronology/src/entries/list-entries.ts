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
  readonly types?: readonly string[];
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

/** The order of the list, by its index. */
const BY_INDEX = 'e.occurred_day';
/** The same order where the rows are few and found otherwise: the planner would still walk the whole list for it. */
const BY_SORT = 'e.occurred_day + 0';

const REACH = "e.occurred_from < e.occurred_to and daterange(e.occurred_from, e.occurred_to, '[]')";

/**
 * Entries are put under one day and may reach over many. Those whose day lies within are found by the order of the list
 * itself; those that only reach in over the first or the last day asked for, which are few, by entries_vague.
 */
function overlapBranches(select: string, conditions: Conditions, { occurredFrom, occurredTo }: EntryFilter): string[] {
  const first = occurredFrom === undefined ? null : `${conditions.name(occurredFrom)}::date`;
  const last = occurredTo === undefined ? null : `${conditions.name(occurredTo)}::date`;
  const branch = (order: string, ...more: string[]): string =>
    select.replace(':filters', () => conditions.and(...more)).replace(':order', order);
  const within = [...(first ? [`e.occurred_day >= ${first}`] : []), ...(last ? [`e.occurred_day <= ${last}`] : [])];
  return [
    branch(BY_INDEX, ...within),
    ...(first ? [branch(BY_SORT, `e.occurred_day < ${first}`, `${REACH} @> ${first}`)] : []),
    ...(last ? [branch(BY_SORT, `e.occurred_day > ${last}`, `${REACH} @> ${last}`)] : []),
  ];
}

const conditionsOf = (filter: EntryFilter, after: EntryKey | undefined, limit: number): Conditions =>
  new Conditions([limit])
    .where((kinds) => `e.kind = any (${kinds}::text[])`, filter.kinds)
    .where((types) => `e.type = any (${types}::text[])`, filter.types)
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
  const [only = '', ...others] = overlapBranches(select, conditions, filter);
  if (others.length === 0) return queryAt(client, place, only, conditions.values);
  const union = [only, ...others].map((branch) => `(${branch})`).join(' union all ');
  return queryAt(client, place, `${union} order by "occurredDay", position limit $3`, conditions.values);
}
