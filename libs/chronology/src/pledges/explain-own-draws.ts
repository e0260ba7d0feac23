import type { Draw, Stage } from '../draws/draw.js';
import type { Joined } from './explain-joined.js';

/** Why a draw that is told adds nothing, whatever its figure. */
export type LeftOut =
  /** Only what is handed over is delivered (rule M11). */
  | 'not-handed-over'
  /** The sender's word of the same movement counts (rule M12). */
  | 'counted-by-the-sender'
  /** The same is told by an event that was known earlier (rule M12). */
  | 'counted-by-another-telling'
  /** It is told with a draw that names the promise, and names none itself. */
  | 'names-no-promise';

/** A draw as a promise's ledger lists it. */
export interface OwnDraw {
  readonly draw: Draw;
  readonly leftOut: LeftOut | null;
}

const namesIt = (joined: Joined, { pledge }: Draw): boolean =>
  pledge !== null && joined.members.some(({ stream }) => stream === pledge);

const isUnderWay = ({ stage, handover }: Draw): boolean => stage === 'delivered' && handover !== 'handed-over';

/** By the sender's word, else by that which was known first. */
function countsBefore(a: Draw, b: Draw): number {
  if (a.side !== b.side) return a.side === 'sent' ? -1 : 1;
  if (a.knownSince !== b.knownSince) return a.knownSince < b.knownSince ? -1 : 1;
  return a.position - b.position;
}

/** Of each movement, the one event that counts; by the name of any of its events. */
function countingEvents(draws: readonly Draw[]): Map<string, Draw> {
  const counting = new Map<string, Draw>();
  for (const draw of draws.toSorted(countsBefore))
    for (const event of draw.joined.length > 0 ? draw.joined : [draw.event])
      if (!counting.has(event)) counting.set(event, draw);
  return counting;
}

function leftOutOf(joined: Joined, draw: Draw, counting: Draw | undefined): LeftOut | null {
  if (!namesIt(joined, draw)) return 'names-no-promise';
  if (isUnderWay(draw)) return 'not-handed-over';
  if (!counting || counting.event === draw.event) return null;
  return counting.side === draw.side ? 'counted-by-another-telling' : 'counted-by-the-sender';
}

/** In the order in which they happened, as far as that is known. */
const inOrder = (a: Draw, b: Draw): number =>
  a.last !== b.last ? (a.last < b.last ? -1 : 1) : a.position - b.position || (a.key < b.key ? -1 : 1);

/** The draws on a promise at one stage, by whichever of its streams they are told; each movement counts once. */
export function ownDraws(joined: Joined, stage: Stage): OwnDraw[] {
  const all = new Map(
    joined.members
      .flatMap(({ draws }) => draws)
      .filter((draw) => draw.stage === stage && (draw.pledge === null || namesIt(joined, draw)))
      .map((draw) => [`${draw.event} ${draw.key}`, draw]),
  );
  const draws = [...all.values()].sort(inOrder);
  const counting = countingEvents(draws.filter((draw) => namesIt(joined, draw) && !isUnderWay(draw)));
  return draws.map((draw) => ({ draw, leftOut: leftOutOf(joined, draw, counting.get(draw.event)) }));
}
