import type { Day } from './edtf.js';
import { jsonEqual } from './json.js';
import { pointersOverlap, valueAt, withValueAt, type Json } from './pointer.js';
import type { Change, Citation, Ref } from './common.js';
import { upcast } from './registry.js';
import {
  isRecordEvent,
  isTelling,
  shortType,
  splitName,
  type RecordEvent,
  type StreamEvent,
  type TellingEvent,
} from './stream-event.js';

/** Records that leave an event as it is, and lay something beside it: sources, relations, a dispute, its end. */
export type BesideRecord = Extract<
  RecordEvent,
  { type: `litopys.record.${'corroborated' | 'disputed' | 'settled' | 'related'}.v1` }
>;

/** Something a record does to one event, and the known day from which it holds. */
export type Step = { readonly effect: Day; readonly version: number } & (
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'retract' | 'reinstate'; readonly scope: 'event' | 'stream' }
  | { readonly kind: 'lay-beside'; readonly record: BesideRecord }
);

/** A step that takes the event out, or brings it back. */
export type RetractionStep = Extract<Step, { kind: 'retract' | 'reinstate' }>;
export const isRetractionStep = (step: Step): step is RetractionStep =>
  step.kind === 'retract' || step.kind === 'reinstate';

/** One event with all that the records about it do to it, each at its date of effect. */
export interface MendedEvent {
  readonly event: TellingEvent;
  /** Known since, as mended: a change of `/known_since` holds at every known day. */
  readonly knownSince: Day;
  /** By (date of effect, version). */
  readonly steps: readonly Step[];
}

/** What the fold of an event's records met. */
export interface MendingFinding {
  readonly rule: 'stale-from' | 'path-gone';
  readonly version: number;
  readonly path: string;
}

/** An event as it is told at one known day. */
export interface ToldEvent {
  readonly event: TellingEvent;
  readonly knownSince: Day;
  /** The data as corrected by then, with the relations and sources that were laid beside it; of the event's type. */
  readonly data: TellingEvent['data'];
  /** The data as corrected by then in the version in which it is stored: what a correction's pointers lead into. */
  readonly stored: Json;
  /** Disputes and settlements that are known by then, in the order of their effect. */
  readonly disputes: readonly Extract<BesideRecord, { type: `litopys.record.${'disputed' | 'settled'}.v1` }>[];
  readonly retracted: boolean;
  /** Versions of the records in effect, in the order in which they apply. */
  readonly records: readonly number[];
  readonly findings: readonly MendingFinding[];
}

const KNOWN_SINCE = '/known_since';

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const inOrder = (a: Step, b: Step): number =>
  a.effect < b.effect ? -1 : a.effect > b.effect ? 1 : a.version - b.version;

/** Of each record that takes out, or brings back, the whole stream: the version before which it touches every event. */
type WholeStream = ReadonlyMap<number, number>;

/** Whether a record speaks of an event: it is about it, or retracts or reinstates the stream that it stood in. */
function isAbout(record: RecordEvent, event: TellingEvent, wholeStream: WholeStream): boolean {
  return (
    splitName(record.data.about).version === event.version || event.version < (wholeStream.get(record.version) ?? 0)
  );
}

/** A reinstatement has the scope, and touches the events, of the retraction that it undoes. */
function wholeStreamRecords(records: readonly RecordEvent[]): WholeStream {
  const whole = new Map<number, number>();
  const retractions = new Map<string, RecordEvent>();
  for (const record of records) {
    if (record.type === 'litopys.record.retracted.v1') retractions.set(record.data.about, record);
    else if (record.type !== 'litopys.record.reinstated.v1') continue;
    const undone = retractions.get(record.data.about);
    if (undone?.type === 'litopys.record.retracted.v1' && undone.data.scope === 'stream')
      whole.set(record.version, undone.version);
  }
  return whole;
}

/** An event's data as it is stored, which corrections edit. */
const storedData = (event: TellingEvent): Json => event.stored?.data ?? event.data;

const applied = (data: Json, step: Step): Json =>
  step.kind === 'change' ? (withValueAt(data, step.change.path, step.change.to) ?? data) : data;

/**
 * The date of what a recording error mends: of the latest step that left `from` standing at the path, else of the event.
 */
function dateOfMended(event: TellingEvent, knownSince: Day, steps: readonly Step[], change: Change): Day {
  // What is set elsewhere leaves what stands at the path as it is.
  const setters = steps.filter((step) => step.kind === 'change' && pointersOverlap(step.change.path, change.path));
  let data = storedData(event);
  let date = knownSince;
  for (const step of setters.toSorted(inOrder)) {
    data = applied(data, step);
    if (jsonEqual(valueAt(data, change.path) ?? null, change.from ?? null)) date = step.effect;
  }
  return date;
}

function changeSteps(event: TellingEvent, knownSince: Day, earlier: readonly Step[], record: RecordEvent): Step[] {
  if (record.type !== 'litopys.record.corrected.v1') return [];
  const isError = record.data.because === 'recording-error';
  return record.data.changes
    .filter((change) => change.path !== KNOWN_SINCE)
    .map((change) => ({
      kind: 'change',
      change,
      version: record.version,
      effect: isError ? dateOfMended(event, knownSince, earlier, change) : later(record.knownSince, knownSince),
    }));
}

function retractionStep(knownSince: Day, earlier: readonly Step[], record: RecordEvent, whole: boolean): Step[] {
  const scope = whole ? 'stream' : 'event';
  const own = later(record.knownSince, knownSince);
  const isError = record.data.because === 'recording-error';
  if (record.type === 'litopys.record.retracted.v1')
    return [{ kind: 'retract', scope, version: record.version, effect: isError ? knownSince : own }];
  if (record.type !== 'litopys.record.reinstated.v1') return [];
  const undone = earlier
    .filter((step) => step.kind === 'retract' && step.scope === scope)
    .toSorted(inOrder)
    .at(-1);
  return [{ kind: 'reinstate', scope, version: record.version, effect: isError && undone ? undone.effect : own }];
}

function besideStep(knownSince: Day, record: RecordEvent): Step[] {
  switch (record.type) {
    case 'litopys.record.corroborated.v1':
    case 'litopys.record.disputed.v1':
    case 'litopys.record.settled.v1':
    case 'litopys.record.related.v1': {
      const isError = record.data.because === 'recording-error';
      const effect = isError ? knownSince : later(record.knownSince, knownSince);
      return [{ kind: 'lay-beside', record, version: record.version, effect }];
    }
    default:
      return [];
  }
}

/** The known date of an event, as the latest mending of `/known_since` has it. */
function mendedKnownSince(event: TellingEvent, records: readonly RecordEvent[]): Day {
  const own = records.filter((record) => splitName(record.data.about).version === event.version);
  const mends = own.flatMap((record) => (record.type === 'litopys.record.corrected.v1' ? record.data.changes : []));
  const last = mends.filter((change) => change.path === KNOWN_SINCE && typeof change.to === 'string').at(-1);
  return (last?.to as Day | undefined) ?? event.knownSince;
}

function mendEvent(event: TellingEvent, records: readonly RecordEvent[], whole: WholeStream): MendedEvent {
  const about = records.filter((record) => isAbout(record, event, whole));
  if (about.length === 0) return { event, knownSince: event.knownSince, steps: [] };
  const knownSince = mendedKnownSince(event, about);
  const steps: Step[] = [];
  for (const record of about)
    steps.push(
      ...changeSteps(event, knownSince, steps, record),
      ...retractionStep(knownSince, steps, record, whole.has(record.version)),
      ...besideStep(knownSince, record),
    );
  return { event, knownSince, steps: steps.toSorted(inOrder) };
}

/**
 * Every telling event of one stream with what its records do to it. Dates of effect are computed anew from the events
 * given, never stored: the later of the record's own known date and its event's; a recording error takes the date of
 * what it mends, a reinstatement of one that of the retraction it undoes.
 *
 * @param events events of one stream in version order, whole or with gaps; records about events that are not among
 *   them do nothing
 */
export function mend(events: readonly StreamEvent[]): MendedEvent[] {
  const records = events.filter(isRecordEvent);
  const whole = wholeStreamRecords(records);
  return events.filter(isTelling).map((event) => mendEvent(event, records, whole));
}

/**
 * Versions of the telling events that a record changes: the one it is about, or all before it where it takes out or
 * brings back the whole stream.
 *
 * @param events the stream's events up to the record
 */
export function versionsTouched(events: readonly StreamEvent[], record: RecordEvent): number[] {
  const whole = wholeStreamRecords(events.filter(isRecordEvent));
  return events.filter((event) => isTelling(event) && isAbout(record, event, whole)).map((event) => event.version);
}

/** One telling event with the records that touch it, in version order: all that its rows are made of. */
export function eventWithRecords(events: readonly StreamEvent[], version: number): StreamEvent[] {
  const records = events.filter(isRecordEvent);
  const whole = wholeStreamRecords(records);
  const event = events.find((one) => one.version === version);
  if (!event || !isTelling(event)) return [];
  return [event, ...records.filter((record) => isAbout(record, event, whole))];
}

/** The known days on which what this event tells changes, ascending; the first is the day it became known. */
export function daysOfEffect(mended: MendedEvent): Day[] {
  if (mended.steps.length === 0) return [mended.knownSince];
  const days = new Set([mended.knownSince, ...mended.steps.map((step) => later(step.effect, mended.knownSince))]);
  return [...days].sort();
}

function findingOf(data: Json, step: Step & { kind: 'change' }): MendingFinding | null {
  const { path, from, to } = step.change;
  const problem = (rule: MendingFinding['rule']): MendingFinding => ({ rule, version: step.version, path });
  if (withValueAt(data, path, to) === undefined) return problem('path-gone');
  return jsonEqual(valueAt(data, path) ?? null, from ?? null) ? null : problem('stale-from');
}

/** What a source adds to an event, in the lists of its own. */
const ADDED = ['figures', 'quotes', 'stances', 'claims'] as const;

/** Data with what was laid beside it: citations and what they add, relations. */
function withLaidBeside(data: TellingEvent['data'], records: readonly BesideRecord[]): TellingEvent['data'] {
  let { citations, refs }: { citations: readonly Citation[]; refs?: readonly Ref[] | undefined } = data;
  const added: Record<string, unknown[]> = {};
  for (const record of records) {
    if (record.type === 'litopys.record.related.v1') refs = [...(refs ?? []), ...record.data.refs];
    if (record.type !== 'litopys.record.corroborated.v1') continue;
    citations = [...citations, ...record.data.citations];
    for (const key of ADDED)
      if (record.data[key]) added[key] = [...(added[key] ?? data[key] ?? []), ...record.data[key]];
  }
  return { ...data, citations, ...(refs && { refs }), ...added } as TellingEvent['data'];
}

/** Data of the stored version in the newest. */
function newest(event: TellingEvent, stored: Json): TellingEvent['data'] {
  const told = event.stored
    ? upcast(shortType(event.type), event.stored.version, stored as { [key: string]: Json })
    : stored;
  // What was valid when it was stored, and after each correction of it, is valid in the newest version.
  return told as TellingEvent['data'];
}

/**
 * An event as it is told at a known day, or `undefined` where it was not known by then. A change sets `to` whatever
 * stands there: a mismatch with `from` is a finding, a path that is gone is skipped with one.
 */
export function tellAt(mended: MendedEvent, day: Day): ToldEvent | undefined {
  const { event, knownSince } = mended;
  if (knownSince > day) return undefined;
  const untouched = { event, knownSince, data: event.data, stored: storedData(event), disputes: [] };
  if (mended.steps.length === 0) return { ...untouched, retracted: false, records: [], findings: [] };
  const inEffect = mended.steps.filter((step) => step.effect <= day);
  let { stored } = untouched;
  const findings: MendingFinding[] = [];
  const beside: BesideRecord[] = [];
  const retracted = { event: false, stream: false };
  for (const step of inEffect) {
    if (step.kind === 'change') {
      const finding = findingOf(stored, step);
      if (finding) findings.push(finding);
      stored = applied(stored, step);
    } else if (step.kind === 'lay-beside') beside.push(step.record);
    else retracted[step.scope] = step.kind === 'retract';
  }
  const data = stored === untouched.stored ? event.data : newest(event, stored);
  return {
    event,
    knownSince,
    data: beside.length > 0 ? withLaidBeside(data, beside) : data,
    stored,
    disputes: beside.filter(
      (one) => one.type === 'litopys.record.disputed.v1' || one.type === 'litopys.record.settled.v1',
    ),
    retracted: retracted.event || retracted.stream,
    records: [...new Set(inEffect.map((step) => step.version))],
    findings,
  };
}
