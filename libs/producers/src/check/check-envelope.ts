import { cloudEvent, SENT_ATTRIBUTES, type CloudEvent } from '#libs/contracts';
import { ATTRIBUTE_OF } from '#libs/journal';
import type { Mistake } from '#libs/platform';
import type { FieldNames } from './field-names.js';
import { mistakesOf, type Finding } from './mistakes.js';

type Members = Readonly<Record<string, unknown>>;

/** An event around its data, or what is wrong there. */
export type CheckedEnvelope = { readonly event: CloudEvent } | { readonly mistakes: readonly Finding[] };

/** Attributes that the journal adds, and no producer can know. */
const OF_THE_JOURNAL: ReadonlySet<string> = new Set(
  [...Object.values(ATTRIBUTE_OF), 'journal'].filter((name) => !SENT_ATTRIBUTES.includes(name)),
);

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that is null is one that is not there. Source: CloudEvents JSON format 1.0.2, section 2.2. */
const withoutUnset = (event: Members): Members =>
  Object.fromEntries(Object.entries(event).filter(([name, value]) => value !== null || name === 'data'));

function mistakeOfMember(name: string, fields: FieldNames): Mistake | undefined {
  const field = fields.attribute(name);
  if (name === 'data_base64')
    return {
      field,
      rule: 'data-base64',
      detail: 'The data of an event is JSON, not bytes in Base64.',
      mend: 'Send it as "data".',
    };
  if (OF_THE_JOURNAL.has(name))
    return {
      field,
      rule: 'journal-attribute',
      detail: `"${name}" is an attribute that the journal adds when it has taken the event.`,
      mend: name.startsWith('known')
        ? 'Leave it out, and say known_since and known_basis in the data.'
        : 'Leave it out.',
    };
  return undefined;
}

/** The name of a field as the way it came has it, from its pointer into the event. */
function named(pointer: string, fields: FieldNames): string {
  const [, name = '', ...below] = pointer.split('/');
  if (name === 'data') return [fields.data, ...below].join('/');
  return name === '' ? fields.data.slice(0, -'/data'.length) : fields.attribute(name);
}

/** Checks all of an event but its data and what its type says of it; members that are null count as left out. */
export function checkEnvelope(value: unknown, fields: FieldNames): CheckedEnvelope {
  const sent = isObject(value) ? withoutUnset(value) : value;
  const foreign = isObject(sent) ? Object.keys(sent).map((name) => mistakeOfMember(name, fields)) : [];
  const refused = foreign.filter((mistake) => mistake !== undefined);
  if (refused.length > 0) return { mistakes: refused.map((mistake) => () => mistake) };
  const result = cloudEvent.safeParse(sent);
  // What is hashed and kept is what was sent, not what a schema made of it.
  if (result.success) return { event: sent as CloudEvent };
  const found = mistakesOf(result.error, { schema: cloudEvent, input: sent, at: '' });
  const renamed = (one: Mistake): Mistake => ({ ...one, field: named(one.field ?? '', fields) });
  return { mistakes: found.map((finding) => () => renamed(finding())) };
}
