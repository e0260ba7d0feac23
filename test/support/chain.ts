import { chainHashOf, dataHashOf, firstPrevious, type JournalRow } from '#libs/journal';

/** What may differ from event to event; the rest is made up from the position. */
export type ChainSeed = Partial<Pick<JournalRow, 'stream' | 'time' | 'actor' | 'data' | 'correlationId'>>;

/** Rows of a journal that never was, chained as a real one chains them: one a seed, over `streams` streams. */
export function chainOf(journalId: string, seeds: readonly ChainSeed[], streams = 7): JournalRow[] {
  const versions = new Map<string, number>();
  let previous = firstPrevious(null, journalId);
  return seeds.map((seed, index) => {
    const position = index + 1;
    const stream = seed.stream ?? `pledge/stream-${position % streams}`;
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const row = rowOf({ ...seed, stream, version, position });
    previous = chainHashOf(previous, row);
    return { ...row, chainHash: previous };
  });
}

/** `count` seeds with nothing said. */
export const plainSeeds = (count: number): ChainSeed[] => Array.from({ length: count }, () => ({}));

function rowOf(seed: ChainSeed & Pick<JournalRow, 'stream' | 'version' | 'position'>): JournalRow {
  const data = seed.data ?? `{"n":${seed.position},"title":"Подія ${seed.position}\\n\\t\\"so\\""}`;
  return {
    position: seed.position,
    stream: seed.stream,
    version: seed.version,
    source: 'urn:litopys:test',
    id: `id-${seed.position}`,
    fingerprint: dataHashOf(`fingerprint ${seed.position}`),
    type: 'litopys.pledge.announced.v1',
    dataschema: 'urn:litopys:schema:pledge.announced:v1',
    time: seed.time ?? null,
    knownSince: '2025-08-24',
    knownBasis: 'stated',
    actor: seed.actor ?? 'test',
    correlationId: seed.correlationId ?? null,
    causationId: null,
    recordedAt: new Date(Date.UTC(2025, 7, 25) + seed.position * 7).toISOString(),
    data,
    dataHash: dataHashOf(data),
    chainHash: '',
  };
}
