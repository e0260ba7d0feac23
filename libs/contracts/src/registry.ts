import type { z } from 'zod';
import { agreementSigned } from './events/agreements.js';
import { engagementHeld } from './events/engagements.js';
import { pledgeAnnounced, pledgeItemized, pledgeRestated } from './events/pledges.js';
import { recordCorrected, recordReinstated, recordRetracted } from './events/records.js';
import { statementIssued } from './events/statements.js';

/** Every event type in its newest version; the one source of types, validation and published JSON Schemas. */
export const SCHEMAS = {
  'pledge.announced': pledgeAnnounced,
  'pledge.itemized': pledgeItemized,
  'pledge.restated': pledgeRestated,
  'agreement.signed': agreementSigned,
  'statement.issued': statementIssued,
  'engagement.held': engagementHeld,
  'record.corrected': recordCorrected,
  'record.retracted': recordRetracted,
  'record.reinstated': recordReinstated,
} as const;

export type EventTypeName = keyof typeof SCHEMAS;
export type DataOf<Name extends EventTypeName> = z.infer<(typeof SCHEMAS)[Name]>;

/** `litopys.pledge.announced.v1`, as CloudEvents and the journal carry it. */
export type EventType = `litopys.${EventTypeName}.v1`;

export type RecordTypeName = Extract<EventTypeName, `record.${string}`>;
/** Types that say that something happened: each makes an entry. */
export type TellingTypeName = Exclude<EventTypeName, RecordTypeName>;

/** A context is one producer: the kinds of its streams and one verb an event type. */
export interface Context {
  readonly kinds: readonly string[];
  readonly verbs: Readonly<Record<string, EventTypeName>>;
  /** The type that opens a stream of this context. */
  readonly opening: TellingTypeName;
}

const RECORD_VERBS = {
  correct: 'record.corrected',
  retract: 'record.retracted',
  reinstate: 'record.reinstated',
} as const;

export const CONTEXTS = {
  pledges: {
    kinds: ['pledge'],
    opening: 'pledge.announced',
    verbs: { announce: 'pledge.announced', itemize: 'pledge.itemized', restate: 'pledge.restated', ...RECORD_VERBS },
  },
  agreements: {
    kinds: ['agreement'],
    opening: 'agreement.signed',
    verbs: { sign: 'agreement.signed', ...RECORD_VERBS },
  },
  statements: {
    kinds: ['statement'],
    opening: 'statement.issued',
    verbs: { issue: 'statement.issued', ...RECORD_VERBS },
  },
  engagements: {
    kinds: ['engagement'],
    opening: 'engagement.held',
    verbs: { hold: 'engagement.held', ...RECORD_VERBS },
  },
} as const satisfies Record<string, Context>;

export type ContextName = keyof typeof CONTEXTS;
export const CONTEXT_NAMES = Object.keys(CONTEXTS) as ContextName[];

const TYPE = /^litopys\.([a-z-]+\.[a-z-]+)\.v(\d+)$/;

/** The name and schema version in a CloudEvents type, or `undefined` where this build does not know it. */
export function typeName(type: string): EventTypeName | undefined {
  const [, name, version] = TYPE.exec(type) ?? [];
  return version === '1' && name !== undefined && Object.hasOwn(SCHEMAS, name) ? (name as EventTypeName) : undefined;
}

export const eventType = (name: EventTypeName): EventType => `litopys.${name}.v1`;

/** URI of a type's JSON Schema, as `dataschema` carries it. */
export const dataschemaOf = (name: EventTypeName): string => `urn:litopys:schema:${name}:v1`;

export const isRecord = (name: EventTypeName): name is RecordTypeName => name.startsWith('record.');

/** The kind of a stream: `pledge` of `pledge/2025-g7-military-package`. */
export const kindOf = (stream: string): string => stream.slice(0, stream.indexOf('/'));

/** The context that owns a stream, or `undefined`. */
export function contextOf(stream: string): ContextName | undefined {
  return CONTEXT_NAMES.find((name) => (CONTEXTS[name].kinds as readonly string[]).includes(kindOf(stream)));
}
