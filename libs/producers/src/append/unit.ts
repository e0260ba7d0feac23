import type { Asked } from './decide-next.js';
import type { Produced } from './outcome.js';

/** What one caller asks for: one event, or a batch that is taken whole or not at all. */
export interface Unit {
  readonly asked: readonly Asked[];
  readonly isBatch: boolean;
  /** The streams of its events, each once. */
  readonly streams: readonly string[];
  /** Those of its streams that it means to open: its first event there has a slug. */
  readonly opens: ReadonlySet<string>;
  /** Events that the journal was found to have already. */
  readonly standing: Map<Asked, Produced>;
  /** Races for a stream that it has lost. */
  lost: number;
  /** Whether a guess at its streams has not held: from then on they are read. */
  mustRead: boolean;
  readonly resolve: (produced: Produced[]) => void;
  readonly reject: (error: unknown) => void;
}

const hasSlug = (data: unknown): boolean => typeof data === 'object' && data !== null && 'slug' in data;

/** A unit, and the promise of its answer. */
export function makeUnit(asked: readonly Asked[], isBatch: boolean): { unit: Unit; answer: Promise<Produced[]> } {
  const streams = new Set<string>();
  const opens = new Set<string>();
  for (const { event } of asked.map(({ checked }) => checked)) {
    if (!streams.has(event.subject) && hasSlug(event.data)) opens.add(event.subject);
    streams.add(event.subject);
  }
  let settle: Pick<Unit, 'resolve' | 'reject'> | undefined;
  const answer = new Promise<Produced[]>((resolve, reject) => (settle = { resolve, reject }));
  const { resolve, reject } = settle as unknown as Pick<Unit, 'resolve' | 'reject'>;
  return {
    unit: {
      asked,
      isBatch,
      streams: [...streams],
      opens,
      standing: new Map(),
      lost: 0,
      mustRead: false,
      resolve,
      reject,
    },
    answer,
  };
}
