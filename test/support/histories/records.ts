import {
  isTelling,
  mend,
  tellAt,
  valueAt,
  type Day,
  type EventTypeName,
  type Json,
  type JsonObject,
  type StreamEvent,
} from '#libs/contracts';
import { FAR, KNOWN_DAYS, source } from './days.js';
import { plain, type TypeAt } from './telling.js';

/** What an author of histories does next; indices are taken modulo what stands. */
export type Act =
  | { readonly act: 'tell'; readonly type: TypeAt; readonly known: Day; readonly data: Json }
  | {
      readonly act: 'correct';
      readonly about: number;
      readonly path: number;
      readonly to: number;
      readonly stale: boolean;
      readonly because: 'recording-error' | 'better-source';
      readonly known: Day;
    }
  | {
      readonly act: 'retract' | 'reinstate';
      readonly about: number;
      readonly whole: boolean;
      readonly error: boolean;
      readonly known: Day;
    }
  | {
      readonly act: 'corroborate' | 'dispute' | 'settle' | 'relate';
      readonly about: number;
      readonly error: boolean;
      readonly known: Day;
    };

const aLine = {
  id: 'line-x',
  label: 'x',
  category: 'military',
  money: { amount: '7', currency: 'CAD', qualifier: 'exact' },
};

/** Values by path; of a draw's too, and of the version in which an agreement is stored. */
const VALUES: Readonly<Record<string, Json[]>> = {
  '/title': ['one', 'two', 'four'],
  '/summary': ['a', 'b'],
  '/occurred': ['2024-11-01', '2024-09', '2024-12-31'],
  '/money/amount': ['100', '400', '500'],
  '/lines': [[aLine]],
  '/refs': [[{ relation: 'part-of', target: 'pledge/whole' }], [{ relation: 'draws-on', target: 'pledge/one' }]],
  '/draws': [
    [{ money: aLine.money, handover: 'handed-over' }],
    [{ handover: 'staged' }, { money: aLine.money, handover: 'staged' }],
  ],
  '/counts_as': ['increment', 'cumulative'],
  '/by': ['adoption', 'signature'],
  '/known_since': KNOWN_DAYS,
};
export const PATHS = Object.keys(VALUES);

/** What stands at the path when everything is known: a `from` that is not stale. */
function standing(events: readonly StreamEvent[], version: number, path: string): Json | undefined {
  const mended = mend(events).find((one) => one.event.version === version);
  const told = mended && tellAt(mended, FAR);
  return told && (valueAt(told.stored, path) ?? undefined);
}

type LayingBeside = Extract<Act, { act: 'corroborate' | 'dispute' | 'settle' | 'relate' }>;

/** A record that leaves the event as it is; what it brings differs from day to day. */
function besideRecord({ act, error, known }: LayingBeside, common: JsonObject): [EventTypeName, Json] {
  const told = { ...common, ...(error && { because: 'recording-error' }) };
  const at = KNOWN_DAYS.indexOf(known) % 2;
  switch (act) {
    case 'corroborate':
      return ['record.corroborated', { ...told, quotes: [{ speaker: 'person:one', text: known, language: 'en' }] }];
    case 'dispute':
      return ['record.disputed', { ...told, note: known }];
    case 'settle':
      return [
        'record.settled',
        { ...told, because: error ? 'recording-error' : 'clarified', path: '/title', holds: 'entry', reason: known },
      ];
    case 'relate':
      return [
        'record.related',
        {
          ...told,
          refs: [
            at === 0
              ? { relation: 'draws-on', target: 'pledge/one' }
              : { relation: 'same-as', target: 'transfer/four@1' },
          ],
        },
      ];
  }
}

type Correcting = Extract<Act, { act: 'correct' }>;

function correctedRecord(
  events: readonly StreamEvent[],
  next: Correcting,
  version: number,
  common: JsonObject,
): [EventTypeName, Json] {
  const path = PATHS[next.path % PATHS.length] ?? '/title';
  const values = VALUES[path] ?? [];
  const to = values[next.to % values.length];
  const from = next.stale ? values[(next.to + 1) % values.length] : standing(events, version, path);
  const change = plain({ path, from, to });
  return [
    'record.corrected',
    { ...common, because: path === '/known_since' ? 'recording-error' : next.because, changes: [change] },
  ];
}

/** The record of an act; nothing where no event stands that it could be about. */
export function recordOf(
  events: readonly StreamEvent[],
  next: Exclude<Act, { act: 'tell' }>,
  stream: string,
): [EventTypeName, Json] | null {
  const telling = events.filter(isTelling);
  const about = telling[next.about % Math.max(1, telling.length)];
  if (!about) return null;
  const common = { about: `${stream}@${about.version}`, citations: [source] };
  switch (next.act) {
    case 'correct':
      return correctedRecord(events, next, about.version, common);
    case 'retract':
    case 'reinstate': {
      const because = next.error ? 'recording-error' : 'clarified';
      if (next.act === 'reinstate') return ['record.reinstated', { ...common, because }];
      return ['record.retracted', { ...common, because, ...(next.whole && { scope: 'stream' }) }];
    }
    default:
      return besideRecord(next, common);
  }
}
