import { upcastEvent, type JsonObject, type StreamEvent } from '#libs/contracts';
import { LitopysError } from '#libs/platform';
import type { JournalRow } from './row.js';

/** The feed holds an event of a type or version that this build does not know: another build wrote it. */
export class UnknownTypeError extends LitopysError {
  readonly retriable = false;
  readonly status = 500;
  readonly title = 'An event of an unknown type';

  constructor(row: Pick<JournalRow, 'type' | 'stream' | 'version' | 'position'>) {
    super(
      'needs-upgrade',
      `${row.stream}@${row.version} at position ${row.position} is of type ${row.type}, which this build does not know.`,
      {
        mend: 'Run the release that knows this type.',
      },
    );
  }
}

/**
 * A stored event as the pure functions read it.
 * @throws UnknownTypeError
 */
export function toStreamEvent(row: JournalRow): StreamEvent {
  const event = upcastEvent(row.type, JSON.parse(row.data) as JsonObject);
  if (event === undefined) throw new UnknownTypeError(row);
  const { stream, version, position, recordedAt, knownSince } = row;
  // What is stored was validated by its type's schema before it was appended.
  return { ...event, stream, version, position, recordedAt, knownSince } as StreamEvent;
}
