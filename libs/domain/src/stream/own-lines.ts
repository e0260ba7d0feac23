import { splitName } from '#libs/contracts';
import type { Refusal } from '../refusal.js';

interface LineNamed {
  readonly relation?: string | undefined;
  readonly target?: string | undefined;
  readonly line?: string | undefined;
}

/** What may name lines, of a telling event or of a record that adds to one. */
interface Naming {
  readonly stream: string;
  readonly data: {
    readonly refs?: readonly LineNamed[] | undefined;
    readonly claims?: readonly LineNamed[] | undefined;
  };
}

/** Relations by which money of this stream is counted elsewhere: their line is this stream's, whatever the target. */
const SPEAKS_OF_OWN_LINE: ReadonlySet<string | undefined> = new Set(['part-of', 'draws-on', 'share-of']);

/**
 * A ref or a claim that names a line of its own stream must name one that is there: on part-of, draws-on and share-of
 * always, elsewhere where the own stream is its target. What it says of another stream is kept as it is, and shown as
 * unresolved while nothing answers to it.
 *
 * @param lines ids of the lines that stand on the stream once the event is taken
 */
export function refuseUnknownOwnLines(event: Naming, lines: ReadonlySet<string>): Refusal[] {
  const isOfOwnLine = ({ relation, target }: LineNamed): boolean =>
    SPEAKS_OF_OWN_LINE.has(relation) || (target !== undefined && splitName(target).stream === event.stream);
  const check = (list: readonly LineNamed[] | undefined, field: string): Refusal[] =>
    (list ?? []).flatMap((named, index) =>
      named.line === undefined || !isOfOwnLine(named) || lines.has(named.line)
        ? []
        : [unknown(event.stream, named, `${field}/${index}/line`)],
    );
  return [...check(event.data.refs, '/refs'), ...check(event.data.claims, '/claims')];
}

function unknown(stream: string, { relation, line }: LineNamed, field: string): Refusal {
  const whose = SPEAKS_OF_OWN_LINE.has(relation) ? ` On ${relation}, line names a line of ${stream} itself.` : '';
  return {
    rule: 'line-unknown',
    field,
    detail: `${stream} has no line "${line}".${whose}`,
    mend: 'Name a line that stands on the stream, or leave the line out to mean the whole.',
  };
}
