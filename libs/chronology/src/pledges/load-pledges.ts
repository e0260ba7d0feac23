import type { PoolClient } from 'pg';
import type { Conversion, Day, Json, Money } from '#libs/contracts';
import { grouped, type Place } from '#libs/projection';
import type { Draw } from '../draws/draw.js';
import { drawsByPledge, loadDraws } from '../draws/load-draws.js';
import { placeSql, queryAt } from '../place-sql.js';
import { MONEY_RELATIONS, type PromiseLine, type PromiseLink, type PromiseState, type Telling } from './promise.js';

/** What told something of a pledge: its lines, an amendment, its end, or the same again. */
export interface ToldEvent extends Telling {
  readonly title: string;
  readonly occurred: string;
  readonly known_since: Day;
  /** It is told before the face was amended. */
  readonly former_face?: boolean;
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
  readonly cancelled: Day | null;
  readonly body: {
    readonly citations: Json[];
    readonly restatements: ToldEvent[];
    readonly itemizations: ToldEvent[];
    readonly amendments: ToldEvent[];
    /** The event that told the face. */
    readonly face?: { readonly event: string };
    readonly cancellation?: ToldEvent;
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
  readonly knownSince: Day;
  readonly position: number;
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

const linkOf = ({ stream, version, relation, target, knownSince, position, body }: LinkRow): PromiseLink => ({
  relation,
  target,
  knownSince,
  position,
  line: body.line ?? null,
  money: body.money ?? null,
  event: `${stream}@${version}`,
});

/** The announcement first, then what told lines and what amended it. */
function tellingsOf({ stream, openingVersion, body }: PledgeRow): Telling[] {
  const opening = `${stream}@${openingVersion ?? 0}`;
  const isOfFormerFace = body.face !== undefined && body.face.event !== opening;
  const first = { event: opening, citations: body.citations, ...(isOfFormerFace && { isOfFormerFace }) };
  const others = [...body.itemizations.filter(({ event }) => event !== opening), ...body.amendments];
  const told = others.map(({ event, citations, former_face }) => ({
    event,
    citations,
    ...(former_face && { isOfFormerFace: true }),
  }));
  return openingVersion === null ? told : [first, ...told];
}

const conversionsOf = (citations: readonly Json[]): Conversion[] =>
  (citations as unknown as { reported_as?: Conversion[] }[]).flatMap((citation) => citation.reported_as ?? []);

function promiseOf(
  row: PledgeRow,
  lines: readonly LineRow[],
  links: readonly LinkRow[],
  draws: readonly Draw[],
): PromiseState {
  const { stream, openingPosition, knownSince, donors, scope, instrument, category, money, cancelled, body } = row;
  const tellings = tellingsOf(row);
  const faceToldBy = body.face?.event ?? null;
  return {
    stream,
    opening: openingPosition === null || knownSince === null ? null : { position: openingPosition, knownSince },
    donors,
    scope,
    instrument,
    category,
    money,
    faceToldBy,
    reportedAs: conversionsOf(tellings.find(({ event }) => event === faceToldBy)?.citations ?? []),
    newness: body.newness ?? null,
    newMoney: body.new_money ?? null,
    lines: lines.map(lineOf),
    links: links.map(linkOf),
    cancelled: cancelled === null ? null : { on: cancelled, event: body.cancellation?.event ?? stream },
    draws,
    tellings,
  };
}

const streamOf = ({ stream }: { readonly stream: string }): string => stream;

/** Pledges at a place, by stream; those that are not recorded or not known by then are left out. */
export async function loadPledges(
  client: PoolClient,
  place: Place,
  streams: readonly string[],
): Promise<Map<string, Pledge>> {
  const read = <Row extends object>(name: string, ...more: unknown[]): Promise<Row[]> =>
    queryAt<Row>(client, place, placeSql(import.meta.url, name), [streams, ...more]);
  const states = await read<PledgeRow>('pledge-states');
  const lines = grouped(await read<LineRow>('pledge-lines'), streamOf);
  const draws = drawsByPledge(await loadDraws(client, place, streams));
  const links = grouped(await read<LinkRow>('pledge-links', MONEY_RELATIONS), streamOf);
  return new Map(
    states.map((row) => {
      const own = lines.get(row.stream) ?? [];
      const promise = promiseOf(row, own, links.get(row.stream) ?? [], draws.get(row.stream) ?? []);
      return [row.stream, { row, lines: own, promise }];
    }),
  );
}

/** These streams and all pledges that counting them depends on. */
export async function pledgesReached(client: PoolClient, place: Place, streams: readonly string[]): Promise<string[]> {
  const text = placeSql(import.meta.url, 'pledges-reached');
  return (await queryAt<{ stream: string }>(client, place, text, [streams])).map((row) => row.stream);
}

/** These pledges, those of the others that are cancelled, and all that are paid from any of them, however far. */
async function pledgesBelow(
  client: PoolClient,
  place: Place,
  streams: readonly string[],
  others: readonly string[],
): Promise<string[]> {
  const text = placeSql(import.meta.url, 'pledges-below');
  return (await queryAt<{ stream: string }>(client, place, text, [streams, others])).map((row) => row.stream);
}

/**
 * These pledges with all that their ledgers depend on: whose money theirs is, and what is drawn through their parts. A
 * cancelled one counts what was drawn on it, so that counting what is linked to it depends on its parts too.
 */
export async function loadLedgerPledges(
  client: PoolClient,
  place: Place,
  streams: readonly string[],
): Promise<Map<string, Pledge>> {
  const reached = await pledgesReached(client, place, streams);
  const below = await pledgesBelow(client, place, streams, reached);
  return loadPledges(client, place, await pledgesReached(client, place, [...reached, ...below]));
}
