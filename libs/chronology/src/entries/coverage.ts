import type { PoolClient } from 'pg';
import type { Day } from '#libs/contracts';
import type { Place } from '#libs/projection';
import { placeSql, queryAt } from '../place-sql.js';

/** What the record covers at a place. `null`: nothing is recorded. */
export interface Coverage {
  readonly entries: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** First and last day on which something happened. */
  readonly occurred: { readonly first: Day | null; readonly last: Day | null };
  /** First and last day on which something became known. */
  readonly known: { readonly first: Day | null; readonly last: Day | null };
}

interface KindRow {
  readonly kind: string;
  readonly entries: number;
  readonly occurredFrom: Day | null;
  readonly occurredTo: Day | null;
  readonly knownFrom: Day;
  readonly knownTo: Day;
}

const first = (days: readonly (Day | null)[]): Day | null => days.filter((day) => day !== null).sort()[0] ?? null;
const last = (days: readonly (Day | null)[]): Day | null =>
  days
    .filter((day) => day !== null)
    .sort()
    .at(-1) ?? null;

/** Counts the entries at a place and finds their first and last days. */
export async function coverageAt(client: PoolClient, place: Place): Promise<Coverage> {
  const kinds = await queryAt<KindRow>(client, place, placeSql(import.meta.url, 'coverage'));
  return {
    entries: kinds.reduce((sum, one) => sum + one.entries, 0),
    byKind: Object.fromEntries(kinds.map((one) => [one.kind, one.entries])),
    occurred: { first: first(kinds.map((one) => one.occurredFrom)), last: last(kinds.map((one) => one.occurredTo)) },
    known: { first: first(kinds.map((one) => one.knownFrom)), last: last(kinds.map((one) => one.knownTo)) },
  };
}

/** First and last day that an entry is put under; `null`: none is recorded. */
export interface CoveredDays {
  readonly first: Day | null;
  readonly last: Day | null;
}

/** From when to when the record reaches at a place, without a count of its entries. */
export async function coveredDaysAt(client: PoolClient, place: Place): Promise<CoveredDays> {
  const [days] = await queryAt<CoveredDays>(client, place, placeSql(import.meta.url, 'covered-days'));
  return days ?? { first: null, last: null };
}
