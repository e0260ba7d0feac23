import type { ApiOperationOptions } from '@nestjs/swagger';
import { newestVersion, type EventTypeName } from '#libs/contracts';
import { BATCH_TYPE, JSON_TYPE, STRUCTURED_TYPE } from '#libs/platform';
import { dataComponent, refTo } from '#libs/published';
import { MAX_BATCH } from '../limits.js';
import { exampleDataFor, exampleOf } from './examples.js';

type RequestBody = NonNullable<ApiOperationOptions['requestBody']>;

const schemaOf = (type: EventTypeName) => refTo(dataComponent(type, newestVersion(type)));

/** The data of a type as somebody sends it to a stream of a kind; only an opening carries a slug. */
function exampleFor(kind: string, type: EventTypeName, opening: boolean): Record<string, unknown> {
  const { slug, ...rest } = exampleDataFor(kind, type);
  return opening ? { slug, ...rest } : rest;
}

/** What the body of a verb's route is, for the API's description, with an example of each type that may come. */
export function dataBody(
  kind: string,
  types: readonly [EventTypeName, ...EventTypeName[]],
  { opening }: { readonly opening: boolean },
): RequestBody {
  const [only] = types;
  const schema = types.length === 1 ? schemaOf(only) : { anyOf: types.map(schemaOf) };
  const examples = Object.fromEntries(types.map((type) => [type, { value: exampleFor(kind, type, opening) }]));
  return { required: true, content: { [JSON_TYPE]: { schema, examples } } };
}

const event = exampleOf('pledge.announced');

/** What the body of `POST /v1/events` is, in each of the modes of CloudEvents. */
export const eventsBody: RequestBody = {
  required: true,
  content: {
    [STRUCTURED_TYPE]: { schema: refTo('Event'), examples: { structured: { value: event } } },
    [BATCH_TYPE]: {
      schema: { type: 'array', maxItems: MAX_BATCH, items: refTo('Event') },
      examples: { batch: { value: [event] } },
    },
    [JSON_TYPE]: {
      schema: {
        anyOf: [refTo('Event'), { type: 'object', description: 'Binary mode: the data alone, attributes in headers.' }],
      },
      examples: { structured: { value: event }, binary: { value: event.data } },
    },
  },
};
