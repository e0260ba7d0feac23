import fc from 'fast-check';
import {
  eventType,
  upcastEvent,
  type Day,
  type EventTypeName,
  type Json,
  type JsonObject,
  type StreamEvent,
} from '#libs/contracts';
import { KNOWN_DAYS, source } from './histories/days.js';
import { PATHS, recordOf, type Act } from './histories/records.js';
import { dataOf, KIND_TYPES, RANDOM_KINDS, type RandomKind, type TypeAt } from './histories/telling.js';

export { LOOKS } from './histories/days.js';

const day = fc.constantFrom(...KNOWN_DAYS);
const index = fc.nat({ max: 11 });

function act(kind: RandomKind): fc.Arbitrary<Act> {
  const tell = fc
    .constantFrom<TypeAt>(...KIND_TYPES[kind])
    .chain((type) =>
      fc.record({ act: fc.constant('tell' as const), type: fc.constant(type), known: day, data: dataOf(type, kind) }),
    );
  const correct = fc.record({
    act: fc.constant('correct' as const),
    about: index,
    path: fc.nat({ max: PATHS.length - 1 }),
    to: index,
    stale: fc.boolean(),
    because: fc.constantFrom('recording-error' as const, 'better-source' as const),
    known: day,
  });
  const retract = fc.record({
    act: fc.constantFrom('retract' as const, 'reinstate' as const),
    about: index,
    whole: fc.boolean(),
    error: fc.boolean(),
    known: day,
  });
  const layBeside = fc.record({
    act: fc.constantFrom('corroborate' as const, 'dispute' as const, 'settle' as const, 'relate' as const),
    about: index,
    error: fc.boolean(),
    known: day,
  });
  return fc.oneof(
    { weight: 5, arbitrary: tell },
    { weight: 4, arbitrary: correct },
    { weight: 1, arbitrary: retract },
    { weight: 2, arbitrary: layBeside },
  );
}

/** Line ids differ from version to version, as the decider keeps them. */
const withOwnLineIds = (data: Json, version: number): Json =>
  JSON.parse(JSON.stringify(data).replaceAll('line-0-', `line-${version}-`)) as Json;

/** The CloudEvents type of what is told. */
function cloudType(type: TypeAt): string {
  const [name, version] = type.split(' v') as [EventTypeName, string | undefined];
  return eventType(name, version === undefined ? undefined : Number(version));
}

/** Appends what the author does next, or nothing where it makes no sense. */
function append(events: readonly StreamEvent[], next: Act, stream: string): StreamEvent[] {
  const version = events.length + 1;
  const told: [TypeAt, Json] | null =
    next.act === 'tell' ? [next.type, withOwnLineIds(next.data, version)] : recordOf(events, next, stream);
  if (!told) return [...events];
  const [type, data] = told;
  const event = {
    stream,
    version,
    position: version,
    recordedAt: `2025-02-01T00:00:00.${String(version).padStart(3, '0')}Z`,
    knownSince: next.known,
    ...upcastEvent(cloudType(type), data as JsonObject),
  };
  return [...events, event as unknown as StreamEvent];
}

/**
 * Random histories of one stream: late events, corrections (some with a stale `from`), recording errors, changes of
 * known_since, retractions of an event or the stream, reinstatements, openings learnt last, events of a former version,
 * sources, disputes and relations laid beside.
 */
export function history(kind: RandomKind = 'pledge', maxLength = 9): fc.Arbitrary<StreamEvent[]> {
  const stream = `${kind}/a-random-one`;
  return fc
    .array(act(kind), { minLength: 1, maxLength })
    .map((acts) => acts.reduce<StreamEvent[]>((events, next) => append(events, next, stream), []))
    .filter((events) => events.length > 0);
}

/** Random histories of one stream of any kind. */
export const anyHistory = (maxLength?: number): fc.Arbitrary<StreamEvent[]> =>
  fc.oneof(...RANDOM_KINDS.map((kind) => history(kind, maxLength)));

/** A change that mends what the history's event says at a path. */
export const PATHS_TO_MEND = ['/title', '/occurred', '/money/amount', '/counts_as'] as const;

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

/** The streams of {@link manyStreams}: promises, a transfer that draws on them, and others. */
export const MANY = {
  'pledge/one': 'pledge',
  'pledge/two': 'pledge',
  'statement/three': 'statement',
  'transfer/four': 'transfer',
  'agreement/five': 'agreement',
} as const satisfies Record<string, RandomKind>;

/**
 * Random histories of several streams, mixed in one order of recording; positions are those of the whole.
 * @param maxLength events of each stream, at most
 */
export function manyStreams(maxLength = 6): fc.Arbitrary<StreamEvent[]> {
  const streams = Object.entries(MANY).map(([name, kind]) =>
    history(kind, maxLength).map((events) => renamed(events, kind, name)),
  );
  const turns = fc.array(fc.nat({ max: streams.length - 1 }), { minLength: 40, maxLength: 40 });
  return fc.tuple(fc.tuple(...streams), turns).map(([all, order]) => mixed(all, order));
}

const renamed = (events: readonly StreamEvent[], kind: RandomKind, name: string): StreamEvent[] =>
  JSON.parse(JSON.stringify(events).replaceAll(`"${kind}/a-random-one`, `"${name}`)) as StreamEvent[];

function mixed(streams: readonly StreamEvent[][], turns: readonly number[]): StreamEvent[] {
  const queues = streams.map((events) => [...events]);
  const order = [...turns, ...queues.flatMap((queue, index) => queue.map(() => index))];
  const events = order.flatMap((turn) => queues[turn]?.shift() ?? []);
  return events.map((event, index) => ({ ...event, position: index + 1 }));
}
