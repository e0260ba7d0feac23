import { upcastEvent, type JsonObject } from '#libs/contracts';
import { decide, versionOf, type Command, type Decision, type History } from '#libs/domain';
import type { AppendRequest, Identity } from '#libs/journal';
import type { LitopysError } from '#libs/platform';
import type { CheckedEvent } from '../check/check-event.js';
import { refusalError, wrongVersion } from './refusals.js';

/** What a caller asks for one event. */
export interface Asked {
  readonly checked: CheckedEvent;
  /** Who sends, as the journal keeps it. */
  readonly actor: string;
  /** The instant of asking, ISO UTC. */
  readonly now: string;
  /** The version at which the caller believes the stream to be; left out: at any. */
  readonly ifMatch?: number | undefined;
}

type Accepted = Extract<Decision, { accepted: true }>;

/** What was decided on a history: the event to append, or the error that tells why not. */
export type Decided = { readonly accepted: Accepted } | { readonly refused: LitopysError };

function commandOf({ checked, now }: Asked): Command {
  const { type, data, subject } = checked.event;
  const told = upcastEvent(type, data as JsonObject);
  // The data was checked against the schema of this very type and version.
  return { type: checked.type, stream: subject, data: told?.data, stored: told?.stored, now } as Command;
}

/** Decides one event at the end of a history. */
export function decideNext(history: History, asked: Asked): Decided {
  const version = versionOf(history);
  const { checked, ifMatch } = asked;
  if (ifMatch !== undefined && ifMatch !== version)
    return { refused: wrongVersion(checked.event.subject, ifMatch, version) };
  const decision = decide(history, commandOf(asked));
  return decision.accepted ? { accepted: decision } : { refused: refusalError(decision.refusals, checked.fields) };
}

/**
 * The request that appends what was decided, at the very version that it was decided on.
 * @param after the event before it, where it was decided beside one that is yet to be appended
 */
export function requestOf({ checked, actor }: Asked, { event, knownBasis }: Accepted, after?: Identity): AppendRequest {
  const { event: sent, dataschema, fingerprint, dataText } = checked;
  return {
    stream: event.stream,
    expectedVersion: event.version - 1,
    after,
    source: sent.source,
    id: sent.id,
    fingerprint,
    type: sent.type,
    dataschema,
    // In UTC and to the millisecond, as the column has it; PostgreSQL knows fewer offsets than RFC 3339.
    time: sent.time === undefined ? null : new Date(sent.time).toISOString(),
    knownSince: event.knownSince,
    knownBasis,
    actor,
    correlationId: sent.correlationid ?? null,
    causationId: sent.causationid ?? null,
    data: dataText,
  };
}
