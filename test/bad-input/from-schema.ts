import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { newestVersion, type EventTypeName } from '#libs/contracts';
import { DAYS, EDTF_TEXTS, NASTY_TEXTS } from './texts.js';

/** What of JSON Schema the published schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** The schema of a type's data that its readers find. */
export function publishedSchema(type: EventTypeName): Schema {
  const file = new URL(`../../events/${type}/v${newestVersion(type)}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Schema;
}

const CURRENCY = '^[A-Z]{3}$';
const currency = fc.constantFrom('CAD', 'UAH', 'USD', 'EUR', 'XDR', 'JPY', 'KWD');

/** Text that a schema takes: that of people, and that of nobody. */
const textOf = (max: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom(...NASTY_TEXTS),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    )
    .map((text) => text.replaceAll('\0', '').trim().slice(0, max).toWellFormed().trim() || 'x');

/** Where a pattern says less than is asked, or generates what nobody means. */
const NAMED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  '#/$defs/edtf': fc.constantFrom(...EDTF_TEXTS),
  '#/$defs/day': fc.constantFrom(...DAYS),
  '#/$defs/json': fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }).map(tamed),
  '#/$defs/language': fc.constantFrom('en', 'fr', 'uk', 'crh-Latn-UA', 'zh-Hant'),
};

/** A JSON value without what no JSON of ours may hold. */
function tamed(value: unknown): unknown {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'number' ? Math.trunc(one) % 1e15 : typeof one === 'string' ? one.replaceAll('\0', '') : one,
  );
  const clean: unknown = JSON.parse(text.replaceAll('\\u0000', '').replaceAll('__proto__', 'proto'));
  return clean;
}

const pointer = fc.constantFrom('/title', '/money/amount', '/lines/arms/money', '/@type', '/a~1b/~0c', '/lines/-');

function stringOf({ pattern, format, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === 'uri')
    return fc.webUrl({ withFragments: true, withQueryParameters: true }).filter((url) => url.length <= maxLength);
  if (pattern === undefined || pattern.startsWith('^\\S')) return textOf(maxLength);
  if (pattern === CURRENCY) return currency;
  if (pattern.startsWith('^(\\/')) return pointer;
  return fc.stringMatching(new RegExp(pattern));
}

function objectOf(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  root: Schema,
): fc.Arbitrary<unknown> {
  if (additionalProperties !== undefined && additionalProperties !== false)
    return fc.dictionary(stringOf(resolved(propertyNames ?? {}, root)), arbitraryOf(additionalProperties, root), {
      maxKeys: 3,
      noNullPrototype: true,
    });
  const members = Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema, root)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required] as never[], noNullPrototype: true });
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.slice('#/$defs/'.length);
  return name === undefined ? schema : (root.$defs?.[name] ?? {});
}

/** Parts that many types have are made once: they are the same wherever a name stands. */
const made = new Map<string, fc.Arbitrary<unknown>>(Object.entries(NAMED));

/** Values that a published schema takes; rules that no JSON Schema says may refuse some of them all the same. */
export function arbitraryOf(schema: Schema, root: Schema): fc.Arbitrary<unknown> {
  const name = schema.$ref ?? JSON.stringify(schema);
  const known = made.get(name);
  if (known) return known;
  const fresh = makeArbitrary(resolved(schema, root), root);
  made.set(name, fresh);
  return fresh;
}

function makeArbitrary(own: Schema, root: Schema): fc.Arbitrary<unknown> {
  if (own.enum) return fc.constantFrom(...own.enum);
  if (own.anyOf) return fc.oneof(...own.anyOf.map((one) => arbitraryOf(one, root)));
  switch (own.type) {
    case 'string':
      return stringOf(own);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number':
      return fc.integer({ min: own.minimum ?? 0, max: own.maximum ?? 1000 });
    case 'array':
      return fc.array(arbitraryOf(own.items ?? {}, root), { minLength: own.minItems ?? 0, maxLength: 3 });
    case 'object':
      return objectOf(own, root);
    default:
      throw new Error(`no values are made of ${JSON.stringify(own)} yet`);
  }
}
