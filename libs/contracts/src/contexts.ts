import type { EventTypeName, TellingTypeName } from './registry.js';

/** The streams of one kind: who owns them, and one verb an event type. */
export interface Collection {
  /** Of its streams: `pledge` in `pledge/2025-g7-military-package`. */
  readonly kind: string;
  /** The producer that owns them. */
  readonly context: string;
  /** The type that opens such a stream; a transfer has none: it begins with whatever is told first. */
  readonly opening?: TellingTypeName;
  readonly verbs: Readonly<Record<string, EventTypeName>>;
}

const RECORD_VERBS = {
  correct: 'record.corrected',
  corroborate: 'record.corroborated',
  dispute: 'record.disputed',
  settle: 'record.settled',
  relate: 'record.related',
  retract: 'record.retracted',
  reinstate: 'record.reinstated',
} as const;

const TRANSFER_VERBS = {
  allocate: 'transfer.allocated',
  disburse: 'transfer.disbursed',
  deliver: 'transfer.delivered',
  repay: 'transfer.repaid',
} as const;

/** Every kind of stream, by the name of its routes. */
export const COLLECTIONS = {
  pledges: {
    kind: 'pledge',
    context: 'pledges',
    opening: 'pledge.announced',
    verbs: {
      announce: 'pledge.announced',
      itemize: 'pledge.itemized',
      restate: 'pledge.restated',
      amend: 'pledge.amended',
      cancel: 'pledge.cancelled',
      ...TRANSFER_VERBS,
      ...RECORD_VERBS,
    },
  },
  transfers: { kind: 'transfer', context: 'pledges', verbs: { ...TRANSFER_VERBS, ...RECORD_VERBS } },
  agreements: {
    kind: 'agreement',
    context: 'agreements',
    opening: 'agreement.signed',
    verbs: {
      'open-negotiations': 'agreement.negotiations-opened',
      'conclude-negotiations': 'agreement.negotiations-concluded',
      sign: 'agreement.signed',
      approve: 'agreement.approved',
      'enter-into-force': 'agreement.entered-into-force',
      amend: 'agreement.amended',
      extend: 'agreement.extended',
      suspend: 'agreement.suspended',
      resume: 'agreement.resumed',
      terminate: 'agreement.terminated',
      ...RECORD_VERBS,
    },
  },
  statements: {
    kind: 'statement',
    context: 'statements',
    opening: 'statement.issued',
    verbs: { issue: 'statement.issued', ...RECORD_VERBS },
  },
  engagements: {
    kind: 'engagement',
    context: 'engagements',
    opening: 'engagement.held',
    verbs: {
      plan: 'engagement.planned',
      hold: 'engagement.held',
      cancel: 'engagement.cancelled',
      ...RECORD_VERBS,
    },
  },
  incidents: {
    kind: 'incident',
    context: 'engagements',
    opening: 'incident.occurred',
    verbs: { report: 'incident.occurred', ...RECORD_VERBS },
  },
  measures: {
    kind: 'measure',
    context: 'measures',
    opening: 'measure.taken',
    verbs: {
      announce: 'measure.announced',
      take: 'measure.taken',
      amend: 'measure.amended',
      extend: 'measure.extended',
      suspend: 'measure.suspended',
      resume: 'measure.resumed',
      advance: 'measure.advanced',
      end: 'measure.ended',
      ...RECORD_VERBS,
    },
  },
} as const satisfies Record<string, Collection>;

export type CollectionName = keyof typeof COLLECTIONS;
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

/** A context is one producer. */
export type ContextName = (typeof COLLECTIONS)[CollectionName]['context'];
export const CONTEXT_NAMES = [...new Set(COLLECTION_NAMES.map((name) => COLLECTIONS[name].context))];

/** The names of a context's collections. */
export const collectionsOf = (context: ContextName): CollectionName[] =>
  COLLECTION_NAMES.filter((name) => COLLECTIONS[name].context === context);

/** Every kind of stream. */
export const KINDS = COLLECTION_NAMES.map((name) => COLLECTIONS[name].kind);

/** The kind of a stream: `pledge` of `pledge/2025-g7-military-package`. */
export const kindOf = (stream: string): string => stream.slice(0, stream.indexOf('/'));

/** The collection that a stream belongs to, or `undefined`. */
export function collectionOf(stream: string): Collection | undefined {
  const kind = kindOf(stream);
  return Object.values<Collection>(COLLECTIONS).find((one) => one.kind === kind);
}

/** The context that owns a stream, or `undefined`. */
export const contextOf = (stream: string): ContextName | undefined =>
  collectionOf(stream)?.context as ContextName | undefined;

/** The types that a stream of this kind takes. */
export const typesOf = ({ verbs }: Collection): EventTypeName[] => Object.values(verbs);
