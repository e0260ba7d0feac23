import { kindOf, type TellingEvent } from '#libs/contracts';
import type { History } from '../history.js';
import { linesOfOthers } from '../pledges/lines.js';
import type { Refusal } from '../refusal.js';
import { refuseUnknownOwnLines } from '../stream/own-lines.js';

/** Something happens to promised money, on the promise's own stream or on one of its own. */
export type TransferEvent = Extract<TellingEvent, { type: `litopys.transfer.${string}` }>;

export const isTransferEvent = (event: TellingEvent): event is TransferEvent =>
  event.type.startsWith('litopys.transfer.');

type Draw = TransferEvent['data']['draws'][number];

/** On a promise's own stream a draw is of that promise, and of a line that stands there. */
function refuseOwnDraw(stream: string, lines: ReadonlySet<string>, { pledge, line }: Draw, at: string): Refusal[] {
  if (pledge !== undefined && pledge !== stream)
    return [
      {
        rule: 'draw-other-pledge',
        field: `${at}/pledge`,
        detail: `On ${stream} a draw is of that promise, not of ${pledge}.`,
        mend: `Send it to a transfer/ stream, or to ${pledge}.`,
      },
    ];
  if (line === undefined || lines.has(line)) return [];
  return [
    {
      rule: 'line-unknown',
      field: `${at}/line`,
      detail: `${stream} has no line "${line}".`,
      mend: 'Name a line that stands on the stream, or leave the line out to mean the whole.',
    },
  ];
}

/** On a stream of its own it names the promise whose line it means; whether that has the line is seen when it is read. */
function refuseLooseLine({ pledge, line }: Draw, at: string): Refusal[] {
  if (line === undefined || pledge !== undefined) return [];
  return [
    {
      rule: 'line-without-pledge',
      field: `${at}/line`,
      detail: `The draw names the line "${line}", and no promise that it could be a line of.`,
      mend: 'Give the pledge as well, or leave the line out.',
    },
  ];
}

/** What stands against a transfer: a draw of another promise than its stream, or a line of nothing. */
export function decideTransfer(history: History, event: TransferEvent): Refusal[] {
  const isOnPledge = kindOf(event.stream) === 'pledge';
  const lines = new Set(isOnPledge ? linesOfOthers(history, event.version).map(({ id }) => id) : []);
  const draws = event.data.draws.flatMap((draw, index) =>
    isOnPledge ? refuseOwnDraw(event.stream, lines, draw, `/draws/${index}`) : refuseLooseLine(draw, `/draws/${index}`),
  );
  return [...draws, ...refuseUnknownOwnLines(event, lines)];
}
