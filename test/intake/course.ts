import type { Message } from 'kafkajs';
import type { Refusal } from '#libs/broker';
import { verify } from '#libs/journal';
import { announced, corrected, restated } from '../support/domain/commands.js';
import { binary, eventOf, structured } from './events.js';
import type { IntakeWorld } from './intake-world.js';

const POISON_EACH = 7;

/** Records that are refused, each for a reason of its own. */
const POISON: readonly ((n: number, stream: string) => Message)[] = [
  () => ({ value: null }),
  () => ({ value: '{"specversion":' }),
  () => ({ value: Buffer.from([0, 0xff, 1]), headers: { ce_id: Buffer.from([0xc3]), '': '' } }),
  (n, stream) => structured({ ...eventOf(restated(), `poison-${n}`, stream), type: 'litopys.pledge.unknown.v1' }),
  // About an event that its stream never gets: whenever it is decided, it is refused.
  (n, stream) =>
    binary(eventOf(corrected([{ path: '/title', to: 'x' }], { about: `${stream}@999999` }), `poison-${n}`, stream)),
  (n, stream) => structured(eventOf(restated({ occurred: 'some day' }), `poison-${n}`, stream)),
];

/** Records on some streams, in the order of their sending; each 7th is poison. */
export interface Course {
  readonly messages: readonly Message[];
  /** Ids of what is no poison, by stream, in order. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Numbers of the poison records, as their header says. */
  readonly poison: readonly string[];
}

/** `name` keeps its events apart from those of other courses. */
export function makeCourse(name: string, count: number, streams: number): Course {
  const ids = new Map<string, string[]>();
  const poison: string[] = [];
  const messages = Array.from({ length: count }, (_, n): Message => {
    const stream = `pledge/${name}-${n % streams}`;
    if (n % POISON_EACH === POISON_EACH - 1) {
      const made = POISON[Math.floor(n / POISON_EACH) % POISON.length]?.(n, stream) ?? { value: null };
      poison.push(`${name}-${n}`);
      return { ...made, key: stream, headers: { ...made.headers, n: `${name}-${n}` } };
    }
    const known = ids.get(stream) ?? [];
    const event = eventOf(known.length === 0 ? announced() : restated(), `${name}-${n}`, stream);
    ids.set(stream, [...known, event.id]);
    return n % 2 === 0 ? binary(event) : structured(event);
  });
  return { messages, ids, poison };
}

const numberOf = ({ original }: Refusal): string => {
  const header = original.record?.headers.find(({ name }) => name === 'n')?.value;
  return header && 'text' in header ? header.text : 'none';
};

/** What of a course did not come out as it must: each event once and in order, each poison record refused. */
export async function missesOf(world: IntakeWorld, { ids, poison }: Course): Promise<unknown> {
  const stored = new Map<string, string[]>();
  for (const { stream, id } of await world.events()) {
    const known = stored.get(stream);
    if (known) known.push(id);
    else stored.set(stream, [id]);
  }
  const differing = [...ids].filter(
    ([stream, wanted]) => JSON.stringify(stored.get(stream)) !== JSON.stringify(wanted),
  );
  const refused = new Set((await world.refusals()).map(numberOf));
  const { findingCount } = await verify(world.journal.app, 'journal');
  return {
    differing: differing.map(([stream, wanted]) => ({ stream, wanted, stored: stored.get(stream) })).slice(0, 2),
    notRefused: poison.filter((n) => !refused.has(n)),
    wronglyRefused: [...refused].filter((n) => !poison.includes(n)),
    findingCount,
  };
}

/** What {@link missesOf} answers where all is well. */
export const NONE_MISSED = { differing: [], notRefused: [], wronglyRefused: [], findingCount: 0 };
