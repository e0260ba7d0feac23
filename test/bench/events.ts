import { canonicalJson, dataschemaOf, eventType, type EventTypeName } from '#libs/contracts';
import { fingerprintOf, type AppendRequest } from '#libs/journal';

const WORDS =
  'aid air allies ammunition armour budget ceremony coalition contract Canada defence delivery drones energy engineers equipment finance grain guarantee hospital industry Kyiv letter loan medical minister Ottawa package partners pledge police press production radar reactor recovery relief security shells support training treaty Ukraine vehicles winter'.split(
    ' ',
  );

/** A small, fixed generator: the same number gives the same events on every machine. Source: Numerical Recipes, LCG. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const words = (next: () => number, count: number): string =>
  Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');

function dayOf(next: () => number): string {
  const year = 1991 + Math.floor(next() * 35);
  const month = String(1 + Math.floor(next() * 12)).padStart(2, '0');
  return `${year}-${month}-${String(1 + Math.floor(next() * 28)).padStart(2, '0')}`;
}

function dataOf(type: EventTypeName, next: () => number, stream: string, version: number): Record<string, unknown> {
  const occurred = dayOf(next);
  const who = Math.floor(next() * 200);
  const citations = [
    {
      publisher: `Paper ${who}`,
      title: words(next, 6),
      url: `https://example.org/${who}/${Math.floor(next() * 1e6)}`,
      published: occurred,
      language: 'en',
      standing: 'press',
    },
  ];
  if (type === 'record.corrected')
    return {
      about: `${stream}@${version - 1}`,
      because: 'better-source',
      citations,
      changes: [{ path: '/summary', to: words(next, 14) }],
    };
  return {
    title: words(next, 8),
    summary: words(next, 22),
    occurred,
    known_since: occurred,
    parties: [
      { id: 'state:ca', name: 'Canada', role: 'participant' },
      { id: `person:someone-${who}`, name: `Someone ${who}`, role: 'speaker' },
    ],
    places: [WORDS[who % WORDS.length]],
    refs: [{ relation: 'about', target: `engagement/visit-${Math.floor(next() * 1000)}` }],
    citations,
    form: type === 'statement.issued' ? 'speech' : 'meeting',
  };
}

/**
 * Requests of `count` events over `count / 5` streams, about 900 bytes each, 4 % of them corrections; positions mix the
 * streams as they would arrive.
 */
export function* generatedRequests(count: number, seed = 42): Generator<AppendRequest> {
  const next = numbers(seed);
  const streams = Math.max(1, Math.floor(count / 5));
  const versions = new Map<number, number>();
  const told = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const number = Math.floor(next() * streams);
    const version = (versions.get(number) ?? 0) + 1;
    versions.set(number, version);
    const kind = number % 2 === 0 ? 'statement' : 'engagement';
    const stream = `${kind}/generated-${number}`;
    const corrects = version > 1 && told.get(number) === version - 1 && next() < 0.05;
    const type: EventTypeName = corrects
      ? 'record.corrected'
      : kind === 'statement'
        ? 'statement.issued'
        : 'engagement.held';
    if (!corrects) told.set(number, version);
    const data = dataOf(type, next, stream, version);
    const dataschema = dataschemaOf(type);
    yield {
      stream,
      source: 'urn:litopys:bench',
      id: `${number}-${version}`,
      fingerprint: fingerprintOf({
        type: eventType(type),
        subject: stream,
        time: null,
        dataschema,
        dataText: canonicalJson(data),
      }),
      type: eventType(type),
      dataschema,
      time: null,
      knownSince: (data['known_since'] as string | undefined) ?? '2026-01-01',
      knownBasis: 'stated',
      actor: 'bench',
      correlationId: null,
      causationId: null,
      data: canonicalJson(data),
      expectedVersion: null,
    };
  }
}
