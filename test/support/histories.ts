import fc from 'fast-check';
import {
  eventType,
  isTelling,
  mend,
  tellAt,
  valueAt,
  type Day,
  type EventTypeName,
  type Json,
  type StreamEvent,
} from '#libs/contracts';

/** Days of which histories are made: few, so that events and records meet on the same ones. */
const KNOWN_DAYS: Day[] = ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-05', '2025-01-08', '2025-01-13'];
const FAR: Day = '9999-12-31';

/** Days at which a history is looked at: each, the one before the first, and all that is known. */
export const LOOKS: Day[] = ['2024-12-31', ...KNOWN_DAYS, '2025-02-01', FAR];

const day = fc.constantFrom(...KNOWN_DAYS);
const occurred = fc.constantFrom(
  '2024-11-01',
  '2024-12',
  '2024',
  '2024-12-24',
  '2024-10/2024-12',
  '../2024-12-30',
  '2024-22',
);
const amount = fc.constantFrom('100', '200', '250.5', '300');
const word = fc.constantFrom('one', 'two', 'three');
const money = fc.record({ amount, currency: fc.constant('CAD'), qualifier: fc.constantFrom('exact', 'up-to') });

const source = { publisher: 'A paper', title: 'A report', language: 'en', standing: 'press' };
const parties = [
  { id: 'state:ca', name: 'Canada', role: 'donor' },
  { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' },
];

const common = fc.record({ title: word, occurred, citations: fc.constant([source]), parties: fc.constant(parties) });

const KIND_TYPES: Record<string, EventTypeName[]> = {
  pledge: ['pledge.announced', 'pledge.itemized', 'pledge.restated'],
  statement: ['statement.issued'],
};

/** Data of a telling event; line ids are the version's own, as the decider wants them. */
function dataOf(type: EventTypeName, version: number): fc.Arbitrary<Json> {
  const lines = fc
    .array(fc.record({ label: word, money, category: fc.constant('military') }), { minLength: 1, maxLength: 2 })
    .map((all) => all.map((line, index) => ({ id: `line-${version}-${index}`, ...line })));
  const refs = fc.option(fc.constant([{ relation: 'about', target: 'pledge/another' }]), { nil: undefined });
  switch (type) {
    case 'pledge.announced':
      return fc.record({ common, money, lines: fc.option(lines, { nil: undefined }), refs }).map((one) =>
        plain({
          ...one.common,
          money: one.money,
          lines: one.lines,
          refs: one.refs,
          instrument: 'grant',
          category: 'military',
        }),
      );
    case 'pledge.itemized':
      return fc.record({ common, lines }).map((one) => plain({ ...one.common, lines: one.lines }));
    case 'pledge.restated':
      return fc.record({ common, money }).map((one) => plain({ ...one.common, money: one.money }));
    default:
      return fc.record({ common, refs }).map((one) => plain({ ...one.common, refs: one.refs, form: 'speech' }));
  }
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** What an author of histories does next; indices are taken modulo what stands. */
type Act =
  | { readonly act: 'tell'; readonly type: number; readonly known: Day; readonly seed: Json[] }
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
    };

const PATHS = ['/title', '/summary', '/occurred', '/money/amount', '/lines', '/refs', '/known_since'] as const;

const VALUES: Record<(typeof PATHS)[number], Json[]> = {
  '/title': ['one', 'two', 'four'],
  '/summary': ['a', 'b'],
  '/occurred': ['2024-11-01', '2024-09', '2024-12-31'],
  '/money/amount': ['100', '400', '500'],
  '/lines': [
    [{ id: 'line-x', label: 'x', category: 'military', money: { amount: '7', currency: 'CAD', qualifier: 'exact' } }],
  ],
  '/refs': [[{ relation: 'part-of', target: 'pledge/whole' }]],
  '/known_since': KNOWN_DAYS,
};

const index = fc.nat({ max: 11 });

function act(types: number): fc.Arbitrary<Act> {
  const seeds = fc.tuple(
    dataOf('pledge.announced', 0),
    dataOf('pledge.itemized', 0),
    dataOf('pledge.restated', 0),
    dataOf('statement.issued', 0),
  );
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('tell' as const),
        type: fc.nat({ max: types - 1 }),
        known: day,
        seed: seeds,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('correct' as const),
        about: index,
        path: fc.nat({ max: PATHS.length - 1 }),
        to: index,
        stale: fc.boolean(),
        because: fc.constantFrom('recording-error' as const, 'better-source' as const),
        known: day,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constantFrom('retract' as const, 'reinstate' as const),
        about: index,
        whole: fc.boolean(),
        error: fc.boolean(),
        known: day,
      }),
    },
  );
}

/** Line ids differ from version to version, as the decider keeps them. */
const withOwnLineIds = (data: Json, version: number): Json =>
  JSON.parse(JSON.stringify(data).replaceAll('line-0-', `line-${version}-`)) as Json;

const DATA_OF: EventTypeName[] = ['pledge.announced', 'pledge.itemized', 'pledge.restated', 'statement.issued'];

/** What stands at the path when everything is known: a `from` that is not stale. */
function standing(events: readonly StreamEvent[], version: number, path: string): Json | undefined {
  const mended = mend(events).find((one) => one.event.version === version);
  const told = mended && tellAt(mended, FAR);
  return told && (valueAt(told.data, path) ?? undefined);
}

function recordOf(
  events: readonly StreamEvent[],
  next: Exclude<Act, { act: 'tell' }>,
  stream: string,
): [EventTypeName, Json] | null {
  const telling = events.filter(isTelling);
  const about = telling[next.about % Math.max(1, telling.length)];
  if (!about) return null;
  const common = { about: `${stream}@${about.version}`, citations: [source] };
  if (next.act !== 'correct') {
    const because = next.error ? 'recording-error' : 'clarified';
    if (next.act === 'reinstate') return ['record.reinstated', { ...common, because }];
    return ['record.retracted', { ...common, because, ...(next.whole && { scope: 'stream' }) }];
  }
  const path = PATHS[next.path % PATHS.length] ?? '/title';
  const values = VALUES[path];
  const to = values[next.to % values.length];
  const from = next.stale ? values[(next.to + 1) % values.length] : standing(events, about.version, path);
  const change = plain({ path, from, to });
  return [
    'record.corrected',
    { ...common, because: path === '/known_since' ? 'recording-error' : next.because, changes: [change] },
  ];
}

/** Appends what the author does next, or nothing where it makes no sense. */
function append(events: readonly StreamEvent[], next: Act, stream: string, types: EventTypeName[]): StreamEvent[] {
  const version = events.length + 1;
  let told: [EventTypeName, Json] | null;
  if (next.act === 'tell') {
    const type = types[next.type % types.length] ?? 'statement.issued';
    told = [type, withOwnLineIds(next.seed[DATA_OF.indexOf(type)] ?? null, version)];
  } else told = recordOf(events, next, stream);
  if (!told) return [...events];
  const [type, data] = told;
  const event = {
    stream,
    version,
    position: version,
    recordedAt: `2025-02-01T00:00:00.${String(version).padStart(3, '0')}Z`,
    knownSince: next.known,
    type: eventType(type),
    data,
  };
  return [...events, event as unknown as StreamEvent];
}

/**
 * Random histories of one stream: late events, corrections (some with a stale `from`), recording errors, changes of
 * known_since, retractions of an event or the stream, reinstatements, openings learnt last.
 */
export function history(kind: 'pledge' | 'statement' = 'pledge', maxLength = 9): fc.Arbitrary<StreamEvent[]> {
  const types = KIND_TYPES[kind] ?? [];
  const stream = `${kind}/a-random-one`;
  return fc
    .array(act(types.length), { minLength: 1, maxLength })
    .map((acts) => acts.reduce<StreamEvent[]>((events, next) => append(events, next, stream, types), []))
    .filter((events) => events.length > 0);
}

/** A change that mends what the history's event says at a path. */
export const PATHS_TO_MEND = ['/title', '/occurred', '/money/amount'] as const;

/** Appends one record to a history. */
export function withRecord(
  events: readonly StreamEvent[],
  type: EventTypeName,
  known: Day,
  data: Record<string, Json>,
): StreamEvent[] {
  const first = events[0];
  const version = events.length + 1;
  const event = {
    stream: first?.stream,
    version,
    position: version,
    recordedAt: '2025-02-02T00:00:00.000Z',
    knownSince: known,
    type: eventType(type),
    data: { citations: [source], ...data },
  };
  return [...events, event as unknown as StreamEvent];
}

/**
 * Random histories of several streams, mixed in one order of recording; positions are those of the whole.
 * @param maxLength events of each stream, at most
 */
export function manyStreams(maxLength = 6): fc.Arbitrary<StreamEvent[]> {
  const stream = (name: string, kind: 'pledge' | 'statement'): fc.Arbitrary<StreamEvent[]> =>
    history(kind, maxLength).map((events) => renamed(events, name));
  return fc
    .tuple(
      stream('pledge/one', 'pledge'),
      stream('pledge/two', 'pledge'),
      stream('statement/three', 'statement'),
      fc.array(fc.nat({ max: 2 }), { minLength: 40, maxLength: 40 }),
    )
    .map(([one, two, three, turns]) => mixed([one, two, three], turns));
}

const renamed = (events: readonly StreamEvent[], name: string): StreamEvent[] =>
  JSON.parse(JSON.stringify(events).replaceAll(/"(pledge|statement)\/a-random-one/g, `"${name}`)) as StreamEvent[];

function mixed(streams: readonly StreamEvent[][], turns: readonly number[]): StreamEvent[] {
  const queues = streams.map((events) => [...events]);
  const order = [...turns, ...queues.flatMap((queue, index) => queue.map(() => index))];
  const events = order.flatMap((turn) => queues[turn]?.shift() ?? []);
  return events.map((event, index) => ({ ...event, position: index + 1 }));
}
