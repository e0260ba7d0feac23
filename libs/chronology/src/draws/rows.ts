import {
  daysOfEffect,
  kindOf,
  mend,
  rowsOverDays,
  shortType,
  splitName,
  tellAt,
  type Day,
  type Json,
  type KnownRow,
  type MendedEvent,
  type Ref,
  type StreamEvent,
  type TellingEvent,
  type ToldEvent,
  type ViewRow,
} from '#libs/contracts';
import { sourcesOf } from '../pledges/rows-telling.js';

type Transfer = Extract<TellingEvent, { type: `litopys.transfer.${string}` }>;
type Draw = Transfer['data']['draws'][number];
type ToldTransfer = ToldEvent & { readonly data: Transfer['data'] };

const isTransfer = (told: ToldEvent): told is ToldTransfer => told.event.type.startsWith('litopys.transfer.');

/** A draw with the promise that it is of, as its row tells it. */
interface Placed {
  readonly key: string;
  readonly draw: Draw;
  readonly pledge: string | null;
}

const pointsToItsPromise = ({ relation, target }: Ref): boolean =>
  (relation === 'draws-on' || relation === 'part-of') && kindOf(target) === 'pledge';

/**
 * A draw that names no promise is of the one that a ref of its event names (`draws-on`, `part-of`), so that a promise
 * learnt later by record.related counts. With several such refs, or money on one, each tells a draw of its own: how
 * much of it is that promise's is told by the ref alone.
 */
function byRefs({ data }: ToldTransfer, draw: Draw, key: string): Placed[] {
  const unplaced = [{ key, draw, pledge: null }];
  const refs = (data.refs ?? []).filter(pointsToItsPromise);
  const [only] = refs;
  if (!only) return unplaced;
  const target = (ref: Ref): string => splitName(ref.target).stream;
  if (refs.length === 1 && only.money === undefined) return [{ key, draw, pledge: target(only) }];
  if (data.draws.length > 1) return unplaced;
  const { quantities: _whole, money: _money, ...bare } = draw;
  return refs.map((ref, at) => ({
    key: `${key}/${at}`,
    draw: { ...bare, ...(ref.money && { money: ref.money }) },
    pledge: target(ref),
  }));
}

function placed(told: ToldTransfer, draw: Draw, at: number): Placed[] {
  const key = String(at);
  if (draw.pledge !== undefined) return [{ key, draw, pledge: draw.pledge }];
  const { stream } = told.event;
  return kindOf(stream) === 'pledge' ? [{ key, draw, pledge: stream }] : byRefs(told, draw, key);
}

function bodyOf(told: ToldTransfer, draw: Draw): Json {
  const boundTo = 'bound_to' in told.data ? told.data.bound_to : undefined;
  return {
    title: told.data.title,
    ...(draw.quantities && { quantities: draw.quantities as Json }),
    ...(boundTo && { bound_to: boundTo as Json }),
    citations: sourcesOf(told),
  };
}

function drawRow(told: ToldTransfer, { key, draw, pledge }: Placed): ViewRow {
  const { event, data } = told;
  return {
    table: 'draws',
    version: event.version,
    key,
    columns: {
      position: event.position,
      stage: shortType(event.type).slice('transfer.'.length),
      pledge,
      line: draw.line ?? null,
      counts_as: data.counts_as,
      side: data.side ?? 'sent',
      handover: 'handover' in draw ? draw.handover : null,
      completes: data.completes ?? false,
      occurred: data.occurred,
      known_since: told.knownSince,
      money: draw.money ?? null,
      body: bodyOf(told, draw),
    },
  };
}

function rowsAt(mended: MendedEvent, day: Day): ViewRow[] {
  const told = tellAt(mended, day);
  if (!told || told.retracted || !isTransfer(told)) return [];
  const draws: readonly Draw[] = told.data.draws;
  return draws.flatMap((draw, at) => placed(told, draw, at)).map((one) => drawRow(told, one));
}

/** Rows of the table `draws`: each draw of each transfer, with its records. Pure. */
export function drawRows(events: readonly StreamEvent[]): KnownRow[] {
  return mend(events)
    .filter(({ event }) => event.type.startsWith('litopys.transfer.'))
    .flatMap((mended) => rowsOverDays(daysOfEffect(mended), (day) => rowsAt(mended, day)));
}
