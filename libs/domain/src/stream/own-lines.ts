import { splitName, type TellingEvent } from '#libs/contracts';
import type { Refusal } from '../refusal.js';

interface LineNamed {
  readonly target?: string | undefined;
  readonly line?: string | undefined;
}

/**
 * A ref or a claim that names a line of its own stream must name one that is there. What it says of another stream is
 * kept as it is, and shown as unresolved while nothing answers to it.
 *
 * @param lines ids of the lines that stand on the stream once the event is taken
 */
export function refuseUnknownOwnLines(event: TellingEvent, lines: ReadonlySet<string>): Refusal[] {
  const check = (list: readonly LineNamed[] | undefined, field: string): Refusal[] =>
    (list ?? []).flatMap(({ target, line }, index) => {
      const isOwn = target !== undefined && splitName(target).stream === event.stream;
      return !isOwn || line === undefined || lines.has(line)
        ? []
        : [unknown(event.stream, line, `${field}/${index}/line`)];
    });
  return [...check(event.data.refs, '/refs'), ...check(event.data.claims, '/claims')];
}

function unknown(stream: string, line: string, field: string): Refusal {
  return {
    rule: 'line-unknown',
    field,
    detail: `${stream} has no line "${line}".`,
    mend: 'Name a line that stands on the stream, or leave the line out to mean the whole.',
  };
}
