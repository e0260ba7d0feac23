import { evolve, type History } from '#libs/domain';
import type { AppendRequest, Identity } from '#libs/journal';
import { decideNext, requestOf, type Asked, type Decided } from './decide-next.js';
import type { Unit } from './unit.js';

/** A stream as it stands, or why it cannot be decided upon. */
export type Known = History | Error;

/** What was decided of an event, and the request that appends it where it was accepted. */
export interface DecidedEvent {
  readonly asked: Asked;
  readonly decided: Decided;
  readonly request: AppendRequest | undefined;
}

/** What was decided of each event of a unit that is not known to stand already. */
export interface DecidedUnit {
  readonly unit: Unit;
  readonly events: readonly DecidedEvent[];
}

/** A stream within a turn. */
interface Stream {
  readonly known: Known;
  /** Its last event, where that is yet to be appended. */
  readonly last?: Identity;
}

export const isAccepted = ({ events }: DecidedUnit): boolean => events.every(({ request }) => request !== undefined);

function decideUnit(streams: Map<string, Stream>, unit: Unit): DecidedUnit {
  const after = new Map<string, Stream>();
  const decideOne = (asked: Asked): DecidedEvent => {
    const { event: sent } = asked.checked;
    const { known, last } = after.get(sent.subject) ?? streams.get(sent.subject) ?? { known: [] };
    if (known instanceof Error) throw known;
    const decided = decideNext(known, asked);
    if (!('accepted' in decided)) return { asked, decided, request: undefined };
    after.set(sent.subject, { known: evolve(known, decided.accepted.event), last: sent });
    return { asked, decided, request: requestOf(asked, decided.accepted, last) };
  };
  const decided = { unit, events: unit.asked.filter((asked) => !unit.standing.has(asked)).map(decideOne) };
  // Of a batch that is refused, nothing will stand.
  if (isAccepted(decided)) for (const [name, stream] of after) streams.set(name, stream);
  return decided;
}

/** Decides units, each beside those before it; one that cannot even be decided is told so, and spoils no other. */
export function decideUnits(histories: ReadonlyMap<string, Known>, units: readonly Unit[]): DecidedUnit[] {
  const streams = new Map([...histories].map(([name, known]): [string, Stream] => [name, { known }]));
  return units.flatMap((unit) => {
    try {
      return [decideUnit(streams, unit)];
    } catch (error) {
      unit.reject(error);
      return [];
    }
  });
}
