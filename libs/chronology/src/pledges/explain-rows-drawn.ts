import type { Draw, Stage } from '../draws/draw.js';
import type { Joined } from './explain-joined.js';
import { everyDraw, figureIn, levelOf, type Scope } from './explain-levels.js';
import type { Part } from './explain-parts.js';
import type { PartsByWhole } from './explain-passing.js';
import type { ExplainRow, RowMaker } from './explain-row.js';
import { scopeOfPromise } from './explain-scopes.js';
import { ownShare, stageLevels, type StageLevel } from './explain-stages.js';
import { NOTHING, printed, UNSTATED } from './explain-sums.js';
import type { Telling } from './promise.js';

const tellingsOf = (draws: readonly Draw[]): Telling[] => [
  ...new Map(draws.map(({ event, told }) => [event, { event, citations: told.citations }])).values(),
];

/** The scope of the promise, then each line's: what counts for it itself; parts count by themselves. */
function rowsOfScope(joined: Joined, level: StageLevel, scope: Scope, row: RowMaker): ExplainRow[] {
  const children = scope.children.filter(({ part }) => part === null);
  const within = children.flatMap((child) => rowsOfScope(joined, level, child, row));
  if (scope.draws.length === 0) return within;
  const line = joined.canonical.lines.find(({ id }) => id === scope.line) ?? null;
  const part: Part = {
    part: line ? 'line' : 'whole',
    line,
    told: levelOf(scope, level.currency).sum,
    gives: ownShare(scope, level.currency),
  };
  const tellings = tellingsOf(scope.draws.map(({ draw }) => draw));
  return [row(part, level.currency, level.directly, { tellings }), ...within];
}

/** Draws of which nothing can be added: no figure in any currency, or one whose currency no source prints. */
function listedRows(draws: readonly Draw[], hasLevels: boolean, row: RowMaker): ExplainRow[] {
  const bare = draws.flatMap((draw) =>
    draw.money?.currency === null
      ? [{ draw, told: printed(draw.money), gives: NOTHING, listed: 'unstated-currency' as const }]
      : [],
  );
  const [first] = draws;
  const unstated =
    hasLevels || bare.length > 0 || !first
      ? []
      : [{ draw: first, told: UNSTATED, gives: UNSTATED, listed: 'unstated' as const }];
  return [...bare, ...unstated].map(({ draw, told, gives, listed }) =>
    row({ part: 'whole', line: null, told, gives }, null, gives, { listed, tellings: tellingsOf([draw]) }),
  );
}

/** Rows of what was drawn on a promise itself at a stage (rule M11): what was drawn on its parts counts for those. */
export function drawnRows(parts: PartsByWhole, joined: Joined, stage: Stage, row: RowMaker): ExplainRow[] {
  const scope = scopeOfPromise(parts, joined, stage);
  const levels = stageLevels(joined, scope);
  const own = everyDraw({ ...scope, children: scope.children.filter(({ part }) => part === null) });
  const isSomewhere = (draw: Draw): boolean => levels.some(({ currency }) => figureIn(draw, currency) !== null);
  return [
    ...levels.flatMap((level) => rowsOfScope(joined, level, level.scope, row)),
    ...listedRows(
      own.map(({ draw }) => draw).filter((draw) => !isSomewhere(draw)),
      levels.length > 0,
      row,
    ),
  ];
}
