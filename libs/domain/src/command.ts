import {
  eventType,
  type DataOf,
  type Day,
  type EventTypeName,
  type StoredVersion,
  type StreamEvent,
} from '#libs/contracts';
import type { KnownBasis } from './known-since.js';
import { versionOf, type History } from './history.js';
import type { Refusal } from './refusal.js';

/**
 * What a producer is asked to record. The data is valid by its type's newest schema: upcast where it was sent in a former
 * version, which is then `stored`; `now` is the instant, ISO UTC.
 */
export type Command = {
  [Name in EventTypeName]: {
    readonly type: Name;
    readonly stream: string;
    readonly data: DataOf<Name>;
    readonly stored?: StoredVersion;
    readonly now: string;
  };
}[EventTypeName];

/** What became of a command: the event as it is to be recorded, or every reason against it. */
export type Decision =
  | { readonly accepted: true; readonly event: StreamEvent; readonly knownBasis: KnownBasis }
  | { readonly accepted: false; readonly refusals: readonly [Refusal, ...Refusal[]] };

/** The UTC day on which a command's event is recorded. */
export const recordedDay = (command: Command): Day => command.now.slice(0, 10);

/** The event that a command becomes at the end of a history. The journal gives the final position and time. */
export function eventOf(history: History, command: Command, knownSince: Day): StreamEvent {
  const event = {
    type: eventType(command.type),
    stream: command.stream,
    version: versionOf(history) + 1,
    position: (history.at(-1)?.position ?? 0) + 1,
    recordedAt: command.now,
    knownSince,
    data: command.data,
    ...(command.stored && { stored: command.stored }),
  };
  // A command pairs type and data by the same name as an event does.
  return event as StreamEvent;
}
