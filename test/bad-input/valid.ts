import fc from 'fast-check';
import { EVENT_TYPE_NAMES, isRecord, SCHEMAS, type EventTypeName } from '#libs/contracts';
import { decide, evolve, type Command, type History } from '#libs/domain';
import { exampleOf } from '../../libs/producers/src/http/examples.js';
import { arbitraryOf, publishedSchema } from './from-schema.js';
import { SLUG, utf8, type Candidate, type Earlier } from './candidate.js';

/** A JSON value with a name, as JSON.parse gives it. */
export type Data = Readonly<Record<string, unknown>>;

/** An event that must be taken where nothing stands but what comes before it. */
export interface ValidEvent {
  readonly type: EventTypeName;
  readonly kind: string;
  readonly data: Data;
  readonly before: readonly Earlier[];
}

const exampleData = (type: EventTypeName): Data => exampleOf(type).data;

/** The kind of streams that an event of a type is told on here. */
const kindOf = (type: EventTypeName): string => (isRecord(type) ? 'statement' : (type.split('.')[0] ?? ''));

const statement: Earlier = { type: 'statement.issued', data: { ...exampleData('statement.issued'), slug: SLUG } };

const about = { about: `statement/${SLUG}@1`, known_since: '2025-11-01', known_basis: 'stated' };
const retraction: Earlier = {
  type: 'record.retracted',
  data: { ...exampleData('record.retracted'), ...about, because: 'better-source', known_since: '2025-10-01' },
};

/** What of an example is of its own stream, and must be of this one. */
function ownOf(type: EventTypeName): Data {
  switch (type) {
    case 'record.corrected':
      return { changes: [{ path: '/title', from: statement.data['title'], to: 'Another title' }] };
    case 'record.settled':
      return { path: '/title', dispute: undefined };
    case 'record.reinstated':
      return { because: 'better-source' };
    default:
      return {};
  }
}

/** The published example of a type, told on a stream of this run. */
function exampleHere(type: EventTypeName): ValidEvent {
  const own = isRecord(type) ? { ...about, ...ownOf(type) } : { slug: SLUG };
  const before = isRecord(type) ? [statement, ...(type === 'record.reinstated' ? [retraction] : [])] : [];
  const data = JSON.parse(JSON.stringify({ ...exampleData(type), ...own })) as Data;
  if (!SCHEMAS[type].safeParse(data).success) throw new Error(`the example of ${type} is not valid here`);
  return { type, kind: kindOf(type), data, before };
}

export const EXAMPLES: readonly ValidEvent[] = EVENT_TYPE_NAMES.map(exampleHere);

/** One of the published examples. */
export const example: fc.Arbitrary<ValidEvent> = fc.constantFrom(...EXAMPLES);

const commandOf = (kind: string, { type, data }: Earlier): Command =>
  ({ type, stream: `${kind}/${SLUG}`, data, now: new Date().toISOString() }) as Command;

function historyOf({ kind, before }: ValidEvent): History {
  return before.reduce<History>((history, event) => {
    const decision = decide(history, commandOf(kind, event));
    if (!decision.accepted) throw new Error(`what comes before is refused: ${JSON.stringify(decision.refusals)}`);
    return evolve(history, decision.event);
  }, []);
}

/** Whether an event keeps the schema of its type, and every rule of the domain. */
export function isValid(event: ValidEvent): boolean {
  return (
    SCHEMAS[event.type].safeParse(event.data).success && decide(historyOf(event), commandOf(event.kind, event)).accepted
  );
}

/** Fields whose values are no other event's, or that the examples keep in step with each other. */
const KEPT: ReadonlySet<string> = new Set(['slug', 'about', 'changes', 'known_since', 'because']);

/** The fields of a type that may be set to whatever its schema takes, with such values. */
function fieldsOf(type: EventTypeName): fc.Arbitrary<Data> {
  const schema = publishedSchema(type);
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => !KEPT.has(name));
  const record = Object.fromEntries(fields.map(([name, one]) => [name, arbitraryOf(one, schema)]));
  return fc
    .subarray(Object.keys(record), { maxLength: Math.min(4, fields.length) })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, record[name] ?? fc.constant(null)]))));
}

const made = new Map<EventTypeName, fc.Arbitrary<Data>>();

/** Made where it is asked for: a schema's values take a tenth of a second to make. */
function fieldsOnce(type: EventTypeName): fc.Arbitrary<Data> {
  const fields = made.get(type) ?? fieldsOf(type);
  made.set(type, fields);
  return fields;
}

/** An example with what its schema takes in some of its fields; what a rule of the domain forbids is left as it was. */
export const validEvent: fc.Arbitrary<ValidEvent> = example.chain((event) =>
  fieldsOnce(event.type).map((fields) =>
    Object.entries(fields).reduce((told, [name, value]) => {
      const changed = { ...told, data: { ...told.data, [name]: value } };
      return isValid(changed) ? changed : told;
    }, event),
  ),
);

/** An event as it stands, with its data as this text or as it is. */
export const candidateOf = ({ type, kind, data, before }: ValidEvent, text = JSON.stringify(data)): Candidate => ({
  type,
  kind,
  before,
  attributes: {},
  data: utf8(text),
});
