import type { PoolClient } from 'pg';
import type { Day } from '#libs/contracts';
import type { Place } from '#libs/projection';
import { Conditions } from '../conditions.js';
import { placeSql, queryAt } from '../place-sql.js';

/** Which pledges; all of them must hold. */
export interface PledgeFilter {
  readonly donor?: string;
  readonly beneficiary?: string;
  /** A category, with those below it. */
  readonly category?: string;
  readonly instrument?: string;
}

/** A pledge's place in the list: the first day of its announcement (`infinity` where that is not known), its stream. */
export interface PledgeKey {
  readonly day: Day;
  readonly stream: string;
}

/** The keys of the pledges of a page, by the day of their announcement. */
export function listPledges(
  client: PoolClient,
  place: Place,
  filter: PledgeFilter,
  page: { readonly after?: PledgeKey; readonly limit: number },
): Promise<PledgeKey[]> {
  const below = filter.category === undefined ? undefined : `${filter.category}/%`;
  const conditions = new Conditions([page.limit])
    .where((donor) => `p.donors @> array[${donor}::text]`, filter.donor)
    .where((beneficiary) => `p.beneficiaries @> array[${beneficiary}::text]`, filter.beneficiary)
    .where((own, like) => `(p.category = ${own} or p.category like ${like})`, filter.category, below)
    .where((instrument) => `p.instrument = ${instrument}`, filter.instrument)
    .where(
      (day, stream) => `(coalesce(p.occurred_from, 'infinity'::date), p.stream) > (${day}::date, ${stream}::text)`,
      page.after?.day,
      page.after?.stream,
    );
  const select = placeSql(import.meta.url, 'list-pledges').replace(':filters', () => conditions.and());
  return queryAt(client, place, select, conditions.values);
}
