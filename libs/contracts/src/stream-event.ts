import type { Day } from './edtf.js';
import {
  eventType,
  newestVersion,
  parseType,
  upcast,
  type DataOf,
  type EventType,
  type EventTypeName,
  type EventTypeOf,
  type RecordTypeName,
  type TellingTypeName,
} from './registry.js';
import type { JsonObject } from './upcasts/upcast.js';

type Typed<Name extends EventTypeName> = Name extends EventTypeName
  ? { readonly type: EventTypeOf<Name>; readonly data: DataOf<Name> }
  : never;

/** Where and when the journal took an event. */
export interface Recorded {
  readonly stream: string;
  /** 1, 2, 3 ... in the stream. */
  readonly version: number;
  /** 1, 2, 3 ... in the journal. */
  readonly position: number;
  /** ISO UTC with milliseconds. */
  readonly recordedAt: string;
  readonly knownSince: Day;
  /** Left out where the event is stored in the newest version of its type: else as it is stored, which records edit. */
  readonly stored?: StoredVersion;
}

/** Data in a former version of its type. */
export interface StoredVersion {
  /** Of the type, not of the stream. */
  readonly version: number;
  readonly data: JsonObject;
}

/** An event as the pure functions read it: what was stored, parsed and upcast; type and data are of the newest version. */
export type StreamEvent = Recorded & Typed<EventTypeName>;
export type TellingEvent = Recorded & Typed<TellingTypeName>;
export type RecordEvent = Recorded & Typed<RecordTypeName>;

export const isRecordEvent = (event: StreamEvent): event is RecordEvent => event.type.startsWith('litopys.record.');
export const isTelling = (event: StreamEvent): event is TellingEvent => !isRecordEvent(event);

/**
 * An event of any version of its type in the newest, with what is stored beside it; `undefined` where this build does not
 * know the type or the version.
 *
 * @param data valid by the schema of the type
 */
export function upcastEvent(
  type: string,
  data: JsonObject,
): { readonly type: EventType; readonly data: JsonObject; readonly stored?: StoredVersion } | undefined {
  const parsed = parseType(type);
  if (parsed === undefined) return undefined;
  const { name, version } = parsed;
  if (version === newestVersion(name)) return { type: type as EventType, data };
  return { type: eventType(name), data: upcast(name, version, data), stored: { version, data } };
}

/** `pledge/2025-g7-military-package@3`: an event's name everywhere. */
export const nameOf = (event: Pick<Recorded, 'stream' | 'version'>): string => `${event.stream}@${event.version}`;

/** The short name: `pledge.announced` of `litopys.pledge.announced.v1`. */
export const shortType = (type: EventType): EventTypeName => type.slice(8, type.lastIndexOf('.')) as EventTypeName;

/** Stream and version in a name. */
export function splitName(name: string): { stream: string; version: number | null } {
  const at = name.lastIndexOf('@');
  return at < 0 ? { stream: name, version: null } : { stream: name.slice(0, at), version: Number(name.slice(at + 1)) };
}
