import type { Day } from './edtf.js';
import type { DataOf, EventType, EventTypeName, RecordTypeName, TellingTypeName } from './registry.js';

type Typed<Name extends EventTypeName> = Name extends EventTypeName
  ? { readonly type: `litopys.${Name}.v1`; readonly data: DataOf<Name> }
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
}

/** An event as the pure functions read it: what was stored, parsed and upcast. */
export type StreamEvent = Recorded & Typed<EventTypeName>;
export type TellingEvent = Recorded & Typed<TellingTypeName>;
export type RecordEvent = Recorded & Typed<RecordTypeName>;

export const isRecordEvent = (event: StreamEvent): event is RecordEvent => event.type.startsWith('litopys.record.');
export const isTelling = (event: StreamEvent): event is TellingEvent => !isRecordEvent(event);

/** `pledge/2025-g7-military-package@3`: an event's name everywhere. */
export const nameOf = (event: Pick<Recorded, 'stream' | 'version'>): string => `${event.stream}@${event.version}`;

/** The short name: `pledge.announced` of `litopys.pledge.announced.v1`. */
export const shortType = (type: EventType): EventTypeName => type.slice(8, type.lastIndexOf('.')) as EventTypeName;

/** Stream and version in a name. */
export function splitName(name: string): { stream: string; version: number | null } {
  const at = name.lastIndexOf('@');
  return at < 0 ? { stream: name, version: null } : { stream: name.slice(0, at), version: Number(name.slice(at + 1)) };
}
