import type { Line } from '#libs/contracts';
import type { Refusal } from '../refusal.js';

/** A line id names one line of a pledge for ever. */
export function refuseTakenIds(
  lines: readonly Line[],
  owners: ReadonlyMap<string, number>,
  version: number,
): Refusal[] {
  return lines.flatMap(({ id }, index) => {
    const owner = owners.get(id);
    if (owner === undefined || owner === version) return [];
    return {
      rule: 'line-id-taken',
      field: `/lines/${index}/id`,
      detail: `The line id "${id}" is used by version ${owner} of the stream; ids stay used, also those of retracted events.`,
      mend: `Give the line an id of its own; to change the standing line, correct version ${owner}.`,
    };
  });
}

/** A line lies within a line that stands on the same pledge. */
export function refuseUnknownWithin(lines: readonly Line[], standing: ReadonlySet<string>): Refusal[] {
  return lines.flatMap(({ id, within }, index) => {
    if (within === undefined || standing.has(within)) return [];
    return {
      rule: 'within-unknown',
      field: `/lines/${index}/within`,
      detail: `The line "${id}" is to lie within "${within}", which is no line of this pledge.`,
      mend: 'Name a line that stands on the pledge or comes in the same event, or leave within out.',
    };
  });
}

function liesWithinItself(line: Line, byId: ReadonlyMap<string, Line>): boolean {
  const passed = new Set<string>();
  let outer = line.within;
  while (outer !== undefined && !passed.has(outer)) {
    if (outer === line.id) return true;
    passed.add(outer);
    outer = byId.get(outer)?.within;
  }
  return false;
}

/** No line lies within itself, directly or through others: it would be its own part. */
export function refuseCircles(lines: readonly Line[], others: readonly Line[]): Refusal[] {
  const byId = new Map([...others, ...lines].map((line) => [line.id, line]));
  return lines.flatMap((line, index) => {
    if (!liesWithinItself(line, byId)) return [];
    return {
      rule: 'within-circle',
      field: `/lines/${index}/within`,
      detail: `The line "${line.id}" would lie within itself.`,
      mend: 'Let within name the larger line only.',
    };
  });
}
