import type { PoolClient } from 'pg';
import { edtfBounds, type Conversion, type Day } from '#libs/contracts';
import { grouped, type Place } from '#libs/projection';
import { placeSql, queryAt } from '../place-sql.js';
import type { Draw } from './draw.js';
import { movementsOf, type SameAs } from './explain-movements.js';

interface DrawRow extends Pick<
  Draw,
  | 'key'
  | 'position'
  | 'stage'
  | 'pledge'
  | 'line'
  | 'countsAs'
  | 'side'
  | 'handover'
  | 'completes'
  | 'occurred'
  | 'money'
> {
  readonly stream: string;
  readonly version: number;
  readonly knownSince: Day;
  readonly body: Draw['told'];
}

interface SameRow extends Omit<SameAs, 'event'> {
  readonly stream: string;
  readonly version: number;
}

interface Source {
  readonly standing?: string;
  readonly reported_as?: Conversion[];
}

const nameOf = ({ stream, version }: { stream: string; version: number }): string => `${stream}@${version}`;

/** A conversion on a citation is of the event's money: of a draw's, where no other draw of the event has any. */
const conversionsOf = (row: DrawRow, ofEvent: readonly DrawRow[]): Conversion[] =>
  ofEvent.filter((one) => one.money !== null).length === 1
    ? (row.body.citations as unknown as Source[]).flatMap((source) => source.reported_as ?? [])
    : [];

function drawOf(row: DrawRow, ofEvent: readonly DrawRow[], joined: readonly string[]): Draw {
  const { stream: _stream, version: _version, body, knownSince, ...draw } = row;
  const { from, to } = edtfBounds(row.occurred);
  return {
    ...draw,
    event: nameOf(row),
    money: row.money,
    conversions: conversionsOf(row, ofEvent),
    first: from,
    last: to ?? knownSince,
    knownSince,
    isOfficial: (body.citations as unknown as Source[]).some((source) => source.standing === 'official'),
    joined,
    told: body,
  };
}

/** The draws on some promises at a place, and those that tell the same movement, in the order of recording. */
export async function loadDraws(client: PoolClient, place: Place, pledges: readonly string[]): Promise<Draw[]> {
  const rows = await queryAt<DrawRow>(client, place, placeSql(import.meta.url, 'draws-of-pledges'), [pledges]);
  if (rows.length === 0) return [];
  const byEvent = grouped(rows, nameOf);
  const events = [...byEvent.values()].flatMap((all) => all.slice(0, 1));
  const same = await queryAt<SameRow>(client, place, placeSql(import.meta.url, 'same-draws'), [
    events.map((one) => one.stream),
    events.map((one) => one.version),
  ]);
  const movements = movementsOf(
    events.map((row) => ({ event: nameOf(row), stream: row.stream, stage: row.stage })),
    same.map((one) => ({ ...one, event: nameOf(one) })),
  );
  return rows.map((row) => drawOf(row, byEvent.get(nameOf(row)) ?? [], movements.get(nameOf(row)) ?? []));
}

/** By promise: the draws that name it, and all draws of the events that tell the same movements. */
export function drawsByPledge(draws: readonly Draw[]): Map<string, Draw[]> {
  const byEvent = grouped(draws, ({ event }) => event);
  const events = new Map<string, Set<string>>();
  for (const { pledge, joined } of draws) {
    if (pledge === null) continue;
    events.set(pledge, new Set([...(events.get(pledge) ?? []), ...joined]));
  }
  return new Map([...events].map(([pledge, own]) => [pledge, [...own].flatMap((event) => byEvent.get(event) ?? [])]));
}
