import type { Draw, Stage } from '../draws/draw.js';
import type { Joined } from './explain-joined.js';
import type { Counted, Scope } from './explain-levels.js';
import { childrenByParent } from './explain-lines.js';
import { ownDraws } from './explain-own-draws.js';
import { passes, type PartOf, type PartsByWhole } from './explain-passing.js';

/** Which draws are looked at. */
type Keep = (draw: Draw) => boolean;

/** What passes from a part to the whole; a draw through a part of the part is of none of its lines. */
function passed(scope: Scope, partOf: PartOf, line: string | null): Scope {
  const draws = scope.draws.flatMap(({ draw, isSure }): Counted[] => {
    const passing = passes(partOf, line);
    return passing === 'none' ? [] : [{ draw, isSure: isSure && passing === 'all' }];
  });
  const children = scope.children.map((child) => passed(child, partOf, child.part === null ? child.line : line));
  return { ...scope, draws, children };
}

/** The line of the whole under which a part stands, where its link names one of the whole's lines and none of its own. */
function lineAbove(whole: Joined, { part, links }: PartOf): string | null {
  const isOwn = (id: string): boolean => part.canonical.lines.some((line) => line.id === id);
  const [named] = links.flatMap(({ line }) => (line !== null && !isOwn(line) ? [line] : []));
  return named !== undefined && whole.canonical.lines.some(({ id }) => id === named) ? named : null;
}

function lineScopes(joined: Joined, draws: readonly Draw[], parts: ReadonlyMap<string | null, Scope[]>): Scope[] {
  const children = childrenByParent(joined.canonical.lines);
  const told = (line: string): Counted[] =>
    draws.filter((draw) => draw.line === line).map((draw) => ({ draw, isSure: true }));
  const scope = (line: string): Scope => ({
    line,
    part: null,
    draws: told(line),
    children: [...(children.get(line) ?? []).map(({ id }) => scope(id)), ...(parts.get(line) ?? [])],
  });
  const known = new Set(joined.canonical.lines.map(({ id }) => id));
  const unknown = [...new Set(draws.flatMap(({ line }) => (line !== null && !known.has(line) ? [line] : [])))].sort();
  return [...(children.get(null) ?? []).map(({ id }) => scope(id)), ...unknown.map(scope)];
}

/**
 * What was drawn on a promise at a stage, by its lines, and what was drawn on it through its parts: each draw once.
 *
 * @param keep draws that are looked at; all where left out
 */
export function scopeOfPromise(parts: PartsByWhole, joined: Joined, stage: Stage, keep: Keep = () => true): Scope {
  const met = new Set([joined]);
  const build = (one: Joined, part: string | null): Scope => {
    const draws = ownDraws(one, stage)
      .filter(({ draw, leftOut }) => leftOut === null && keep(draw))
      .map(({ draw }) => draw);
    const through = new Map<string | null, Scope[]>();
    for (const partOf of parts.get(one) ?? []) {
      if (met.has(partOf.part)) continue;
      met.add(partOf.part);
      const line = lineAbove(one, partOf);
      const scope = passed(build(partOf.part, partOf.part.canonical.stream), partOf, null);
      through.set(line, [...(through.get(line) ?? []), scope]);
    }
    const own = draws.filter((draw) => draw.line === null).map((draw) => ({ draw, isSure: true }));
    return {
      line: null,
      part,
      draws: own,
      children: [...lineScopes(one, draws, through), ...(through.get(null) ?? [])],
    };
  };
  return build(joined, null);
}
