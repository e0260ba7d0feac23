import { daysOfEffect, mend, tellAt, type Line, type MendedEvent, type TellingEvent } from '#libs/contracts';
import { LAST_DAY, type History } from '../history.js';

/** The lines that an event brings; none where its type has none. */
export const linesIn = (data: TellingEvent['data']): readonly Line[] => ('lines' in data ? (data.lines ?? []) : []);

export const idsOf = (lines: readonly Line[]): ReadonlySet<string> => new Set(lines.map(({ id }) => id));

/** The lines of one event as stored, and as told at any known day. */
function linesEver(mended: MendedEvent): Line[] {
  const told = daysOfEffect(mended).map((day) => tellAt(mended, day)?.data ?? mended.event.data);
  return [mended.event.data, ...told].flatMap(linesIn);
}

/** Every line id that was ever used on a pledge, with the version of the event that it belongs to; never freed. */
export function lineOwners(history: History): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const mended of mend(history))
    for (const { id } of linesEver(mended)) if (!owners.has(id)) owners.set(id, mended.event.version);
  return owners;
}

/** The lines that other events of a pledge bring, as corrected, without those of retracted events. */
export function linesOfOthers(history: History, version: number): Line[] {
  return mend(history)
    .filter((mended) => mended.event.version !== version)
    .map((mended) => tellAt(mended, LAST_DAY))
    .flatMap((told) => (told && !told.retracted ? linesIn(told.data) : []));
}
