import type { z } from 'zod';
import * as agreements from './events/agreements.js';
import * as engagements from './events/engagements.js';
import * as measures from './events/measures.js';
import * as pledges from './events/pledges.js';
import * as records from './events/records.js';
import { statementIssued } from './events/statements.js';
import * as transfers from './events/transfers.js';
import { agreementSignedFormer } from './upcasts/agreement-signed.js';
import type { FormerVersion, JsonObject } from './upcasts/upcast.js';

/** Every event type in its newest version; the one source of types, validation and published JSON Schemas. */
export const SCHEMAS = {
  'pledge.announced': pledges.pledgeAnnounced,
  'pledge.itemized': pledges.pledgeItemized,
  'pledge.restated': pledges.pledgeRestated,
  'pledge.amended': pledges.pledgeAmended,
  'pledge.cancelled': pledges.pledgeCancelled,
  'transfer.allocated': transfers.transferAllocated,
  'transfer.disbursed': transfers.transferDisbursed,
  'transfer.delivered': transfers.transferDelivered,
  'transfer.repaid': transfers.transferRepaid,
  'agreement.negotiations-opened': agreements.agreementNegotiationsOpened,
  'agreement.negotiations-concluded': agreements.agreementNegotiationsConcluded,
  'agreement.signed': agreements.agreementSigned,
  'agreement.approved': agreements.agreementApproved,
  'agreement.entered-into-force': agreements.agreementEnteredIntoForce,
  'agreement.amended': agreements.agreementAmended,
  'agreement.extended': agreements.agreementExtended,
  'agreement.suspended': agreements.agreementSuspended,
  'agreement.resumed': agreements.agreementResumed,
  'agreement.terminated': agreements.agreementTerminated,
  'statement.issued': statementIssued,
  'engagement.planned': engagements.engagementPlanned,
  'engagement.held': engagements.engagementHeld,
  'engagement.cancelled': engagements.engagementCancelled,
  'incident.occurred': engagements.incidentOccurred,
  'measure.announced': measures.measureAnnounced,
  'measure.taken': measures.measureTaken,
  'measure.amended': measures.measureAmended,
  'measure.extended': measures.measureExtended,
  'measure.suspended': measures.measureSuspended,
  'measure.resumed': measures.measureResumed,
  'measure.advanced': measures.measureAdvanced,
  'measure.ended': measures.measureEnded,
  'record.corrected': records.recordCorrected,
  'record.corroborated': records.recordCorroborated,
  'record.disputed': records.recordDisputed,
  'record.settled': records.recordSettled,
  'record.related': records.recordRelated,
  'record.retracted': records.recordRetracted,
  'record.reinstated': records.recordReinstated,
} as const;

export type EventTypeName = keyof typeof SCHEMAS;
export type DataOf<Name extends EventTypeName> = z.infer<(typeof SCHEMAS)[Name]>;

export const EVENT_TYPE_NAMES = Object.keys(SCHEMAS) as EventTypeName[];

/** Types that have had other versions, those oldest first. The newest is in {@link SCHEMAS}. */
const FORMER = {
  'agreement.signed': agreementSignedFormer,
} as const satisfies Partial<Record<EventTypeName, readonly FormerVersion[]>>;

type NewestOf<Name extends EventTypeName> = Name extends keyof typeof FORMER
  ? [...(typeof FORMER)[Name], unknown]['length']
  : 1;

/** `litopys.pledge.announced.v1`, as CloudEvents and the journal carry it; of the newest version. */
export type EventTypeOf<Name extends EventTypeName> = Name extends EventTypeName
  ? `litopys.${Name}.v${NewestOf<Name>}`
  : never;
export type EventType = EventTypeOf<EventTypeName>;

export type RecordTypeName = Extract<EventTypeName, `record.${string}`>;
/** Types that say that something happened: each makes an entry. */
export type TellingTypeName = Exclude<EventTypeName, RecordTypeName>;

const formerOf = (name: EventTypeName): readonly FormerVersion[] =>
  (FORMER as Partial<Record<EventTypeName, readonly FormerVersion[]>>)[name] ?? [];

/** The number of a type's newest version. */
export const newestVersion = (name: EventTypeName): number => formerOf(name).length + 1;

/** Every version of a type, ascending. */
export const versionsOf = (name: EventTypeName): number[] =>
  Array.from({ length: newestVersion(name) }, (_, index) => index + 1);

/** The schema of a type's data in one of its versions. @throws RangeError where there is no such version */
export function schemaOf(name: EventTypeName, version: number = newestVersion(name)): z.ZodType {
  if (version === newestVersion(name)) return SCHEMAS[name];
  const former = formerOf(name)[version - 1];
  if (former === undefined) throw new RangeError(`${name} has no version ${version}`);
  return former.schema;
}

/** An event's data, as stored in one version, in the newest: every upcast in turn. */
export function upcast(name: EventTypeName, version: number, data: JsonObject): JsonObject {
  return formerOf(name)
    .slice(version - 1)
    .reduce((told, former) => former.upcast(told), data);
}

const TYPE = /^litopys\.([a-z-]+\.[a-z-]+)\.v([1-9]\d*)$/;

/** The name and version in a CloudEvents type, or `undefined` where this build does not know it. */
export function parseType(type: string): { readonly name: EventTypeName; readonly version: number } | undefined {
  const [, name, digits] = TYPE.exec(type) ?? [];
  if (name === undefined || !Object.hasOwn(SCHEMAS, name)) return undefined;
  const [known, version] = [name as EventTypeName, Number(digits)];
  return version <= newestVersion(known) ? { name: known, version } : undefined;
}

/** The name in a CloudEvents type, or `undefined` where this build does not know it or its version. */
export const typeName = (type: string): EventTypeName | undefined => parseType(type)?.name;

/** The CloudEvents type of a name, in its newest version unless another is asked for. */
export const eventType = (name: EventTypeName, version: number = newestVersion(name)): EventType =>
  `litopys.${name}.v${version}` as EventType;

/** URI of a type's JSON Schema, as `dataschema` carries it. */
export const dataschemaOf = (name: EventTypeName, version: number = newestVersion(name)): string =>
  `urn:litopys:schema:${name}:v${version}`;

export const isRecord = (name: EventTypeName): name is RecordTypeName => name.startsWith('record.');
