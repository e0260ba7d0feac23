import { type DataOf, type Json, type ToldEvent } from '#libs/contracts';
import { tellingOf } from './rows-telling.js';

type Announced = DataOf<'pledge.announced'>;
type Amended = DataOf<'pledge.amended'>;

/** A telling of one type, with its own data. */
export type Told<Data> = Omit<ToldEvent, 'data'> & { readonly data: Data };

export const isOfType =
  <Data>(type: string) =>
  (told: ToldEvent): told is ToldEvent & Told<Data> =>
    told.event.type === type;

export const isAnnounced = isOfType<Announced>('litopys.pledge.announced.v1');
export const isAmended = isOfType<Amended>('litopys.pledge.amended.v1');

const TERMS = ['money', 'scope', 'instrument', 'category', 'channel', 'period', 'due', 'unlocks'] as const;
/** The donor's words on what is new belong together: who tells one of them anew leaves none of the former standing. */
const WORDS = ['newness', 'new_money'] as const;

type Key = (typeof TERMS)[number] | (typeof WORDS)[number];

/** What a promise says of itself, as it stands. */
export type Terms = Partial<Record<Key, Json>>;

const given = (data: Announced | Amended, keys: readonly Key[]): Terms =>
  Object.fromEntries(keys.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key] as Json]])));

function amended(terms: Terms, data: Amended): Terms {
  const words = given(data, WORDS);
  const { newness: _newness, new_money: _newMoney, ...others } = terms;
  return { ...(Object.keys(words).length > 0 ? others : terms), ...given(data, TERMS), ...words };
}

/** The terms as announced, then as each amendment of them leaves them. */
export function termsOf(opening: Told<Announced> | undefined, events: readonly ToldEvent[]): Terms {
  const announced = opening ? given(opening.data, [...TERMS, ...WORDS]) : {};
  return events.filter(isAmended).reduce((terms, { data }) => amended(terms, data), announced);
}

/** The event that told the face as it stands: the announcement, or the last amendment of it. */
export const faceTeller = (opening: ToldEvent | undefined, events: readonly ToldEvent[]): ToldEvent | undefined =>
  events.filter((one) => isAmended(one) && one.data.money !== undefined).at(-1) ?? opening;

/** What each amendment set, in the order of the fold. */
export const amendmentsOf = (events: readonly ToldEvent[]): Json =>
  events.filter(isAmended).map((one) => ({ ...tellingOf(one), sets: given(one.data, [...TERMS, ...WORDS]) }));
