import { eventType, slug as slugSchema, type EventTypeName, type Json } from '#libs/contracts';
import { callerOf } from '#libs/keys';
import { ValidationError } from '#libs/platform';
import { produce } from '../append/produce.js';
import type { FieldNames } from '../check/field-names.js';
import { mistakesOf } from '../check/mistakes.js';
import { eventId } from '../identity.js';
import type { ProducerOptions } from '../producer-options.js';
import { answer, type ProducedAnswer } from './answer.js';
import type { HttpReply, HttpRequest } from './http.js';
import { readDryRun } from './read-dry-run.js';
import { readIdempotencyKey, readIfMatch } from './request-headers.js';

/** A request to a route that stands for one event type: its body is the data alone. */
export interface VerbRequest {
  readonly type: EventTypeName;
  readonly kind: string;
  /** Of the path; an opening has it in the data. */
  readonly slug: unknown;
  readonly data: Json;
  /** Parameters of the query that the route reads itself. */
  readonly parameters?: readonly string[];
  readonly request: HttpRequest;
  readonly reply: HttpReply;
}

const NAMES: Readonly<Record<string, string>> = { id: 'Idempotency-Key', subject: 'slug', type: 'verb' };
const FIELDS: FieldNames = { data: '', attribute: (name) => NAMES[name] ?? name };

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkSlug(slug: unknown, field: string): string {
  const result = slugSchema.safeParse(slug);
  if (result.success) return result.data;
  const found = mistakesOf(result.error, { schema: slugSchema, input: slug, at: field });
  const errors = found.map((finding) => finding());
  throw new ValidationError(`${field}: ${errors[0]?.detail ?? 'no slug.'}`, { errors });
}

/** Appends the event that a verb stands for. @throws LitopysError as `produce` does */
export async function appendVerb(options: ProducerOptions, verb: VerbRequest): Promise<ProducedAnswer> {
  const { type, kind, data, request, reply } = verb;
  const { pool, now = () => new Date().toISOString() } = options;
  const { owner, actor } = callerOf(request);
  const dryRun = readDryRun(request, verb.parameters);
  const [ifMatch, key] = [readIfMatch(request), readIdempotencyKey(request)];
  if (!isObject(data))
    throw new ValidationError('The body is no JSON object.', {
      field: '',
      rule: 'type',
      mend: 'Send the data of the event.',
    });
  const event = {
    specversion: '1.0',
    id: eventId(owner, key),
    source: owner,
    type: eventType(type),
    subject: `${kind}/${verb.slug === undefined ? checkSlug(data['slug'], '/slug') : checkSlug(verb.slug, 'slug')}`,
    data,
  };
  return answer(reply, await produce(pool, event, { actor, now: now(), ifMatch, dryRun, fields: FIELDS }), event.type);
}
