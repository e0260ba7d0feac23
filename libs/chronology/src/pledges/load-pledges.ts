import type { PoolClient } from 'pg';
import type { Conversion, Day, Json, Money } from '#libs/contracts';
import type { Place } from '#libs/projection';
import { placeSql, queryAt } from '../place-sql.js';
import { byStream } from './by-stream.js';
import { MONEY_RELATIONS, type PromiseLine, type PromiseLink, type PromiseState, type Telling } from './promise.js';

/** What told something of a pledge: its announcement, its lines, or the same again. */
export interface ToldEvent extends Telling {
  readonly title: string;
  readonly occurred: string;
  readonly known_since: Day;
  readonly [key: string]: unknown;
}

/** A row of the table `pledges`, as the queries give it. */
export interface PledgeRow {
  readonly stream: string;
  readonly title: string | null;
  readonly openingVersion: number | null;
  readonly openingPosition: number | null;
  readonly knownSince: Day | null;
  readonly occurred: string | null;
  readonly donors: string[];
  readonly beneficiaries: string[];
  readonly scope: 'whole' | 'wider';
  readonly instrument: string;
  readonly category: string | null;
  readonly money: Money | null;
  readonly body: {
    readonly citations: Json[];
    readonly restatements: ToldEvent[];
    readonly itemizations: ToldEvent[];
    readonly newness?: string;
    readonly new_money?: Money;
    readonly [key: string]: unknown;
  };
}

interface LineRow extends Omit<PromiseLine, 'event'> {
  readonly stream: string;
  readonly version: number;
  readonly body: { readonly quantities?: Json; readonly due?: string };
}

interface LinkRow {
  readonly stream: string;
  readonly version: number;
  readonly relation: PromiseLink['relation'];
  readonly target: string;
  readonly body: { readonly line?: string; readonly money?: Money };
}

/** A pledge at a place: its row, its lines, and all that counting needs of it. */
export interface Pledge {
  readonly row: PledgeRow;
  readonly lines: readonly LineRow[];
  readonly promise: PromiseState;
}

const lineOf = ({ stream, version, id, label, category, instrument, within, money }: LineRow): PromiseLine => ({
  id,
  label,
  category,
  instrument,
  within,
  money,
  event: `${stream}@${version}`,
});

const linkOf = ({ stream, version, relation, target, body }: LinkRow): PromiseLink => ({
  relation,
  target,
  line: body.line ?? null,
  money: body.money ?? null,
  event: `${stream}@${version}`,
});

/** The announcement first, then what told lines. */
function tellingsOf({ stream, openingVersion, body }: PledgeRow): Telling[] {
  const opening = `${stream}@${openingVersion ?? 0}`;
  const lines = body.itemizations.filter(({ event }) => event !== opening);
  const told = lines.map(({ event, citations }) => ({ event, citations }));
  return openingVersion === null ? told : [{ event: opening, citations: body.citations }, ...told];
}

const conversionsOf = (citations: readonly Json[]): Conversion[] =>
  (citations as unknown as { reported_as?: Conversion[] }[]).flatMap((citation) => citation.reported_as ?? []);

function promiseOf(row: PledgeRow, lines: readonly LineRow[], links: readonly LinkRow[]): PromiseState {
  const { stream, openingPosition, knownSince, donors, scope, instrument, category, money, body } = row;
  return {
    stream,
    opening: openingPosition === null || knownSince === null ? null : { position: openingPosition, knownSince },
    donors,
    scope,
    instrument,
    category,
    money,
    reportedAs: conversionsOf(body.citations),
    newness: body.newness ?? null,
    newMoney: body.new_money ?? null,
    lines: lines.map(lineOf),
    links: links.map(linkOf),
    tellings: tellingsOf(row),
  };
}

/** Pledges at a place, by stream; those that are not recorded or not known by then are left out. */
export async function loadPledges(
  client: PoolClient,
  place: Place,
  streams: readonly string[],
): Promise<Map<string, Pledge>> {
  const read = <Row extends object>(name: string, ...more: unknown[]): Promise<Row[]> =>
    queryAt<Row>(client, place, placeSql(import.meta.url, name), [streams, ...more]);
  const states = await read<PledgeRow>('pledge-states');
  const lines = byStream(await read<LineRow>('pledge-lines'));
  const links = byStream(await read<LinkRow>('pledge-links', MONEY_RELATIONS));
  return new Map(
    states.map((row) => {
      const own = lines.get(row.stream) ?? [];
      return [row.stream, { row, lines: own, promise: promiseOf(row, own, links.get(row.stream) ?? []) }];
    }),
  );
}

/** These streams and all pledges that counting them depends on. */
export async function pledgesReached(client: PoolClient, place: Place, streams: readonly string[]): Promise<string[]> {
  const text = placeSql(import.meta.url, 'pledges-reached');
  return (await queryAt<{ stream: string }>(client, place, text, [streams])).map((row) => row.stream);
}

/** Streams of the pledges that say that they are paid from one of these. */
export async function pledgesDrawnFrom(
  client: PoolClient,
  place: Place,
  streams: readonly string[],
): Promise<string[]> {
  const text = placeSql(import.meta.url, 'pledges-drawn-from');
  return (await queryAt<{ stream: string }>(client, place, text, [streams])).map((row) => row.stream);
}
