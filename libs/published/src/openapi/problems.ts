import type { OpenAPIObject } from '@nestjs/swagger';
import { refTo } from '../language/components.js';
import type { JsonSchema } from '../language/json-schema.js';

const MISTAKE: JsonSchema = {
  type: 'object',
  required: ['detail'],
  properties: {
    field: { type: 'string', description: 'A JSON pointer into the body, or the name of a parameter or header.' },
    rule: { type: 'string' },
    detail: { type: 'string' },
    mend: { type: 'string', description: 'What to do about it.' },
  },
};

/** What every refusal is answered with. */
export const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457, with every mistake: its field, the rule that it breaks, and the mend.',
  required: ['type', 'title', 'status', 'detail', 'code', 'retriable', 'errors'],
  properties: {
    type: { type: 'string', description: 'urn:litopys:problem: and the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable: switch on it.' },
    retriable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
    errors: { type: 'array', items: MISTAKE },
  },
};

interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
}

const text = { type: 'string' };
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: text } };
const CHALLENGE = { 'WWW-Authenticate': { description: 'Bearer.', schema: text } };

/** Why a question is refused, by the status; a path without parameters is never not found. */
const QUESTION: Readonly<Record<string, Response>> = {
  400: { description: 'A parameter is unknown or not right: every mistake is named.' },
  404: { description: 'Nothing answers to that name.' },
  503: { description: 'What it depends on is away: the same request may succeed later.', headers: RETRY_AFTER },
  default: { description: 'Any other problem.' },
};

/** Why something is not taken, by the status. */
const WRITE: Readonly<Record<string, Response>> = {
  400: { description: 'Malformed, or impossible in the record: every mistake is named.' },
  401: { description: 'Nobody knows who asks: a key is needed.', headers: CHALLENGE },
  403: { description: 'The key does not allow it.' },
  404: { description: 'The stream was never opened.' },
  409: { description: 'Something else stands there already: under the slug, the id, the line.' },
  412: { description: 'The stream is at another version than If-Match says.' },
  413: { description: 'The event, or the batch, is too large.' },
  415: { description: 'The body is of a type that is not taken here.' },
  429: { description: 'Too many requests: wait.', headers: RETRY_AFTER },
  503: { description: 'The journal is away: the problem names the id to retry with.', headers: RETRY_AFTER },
  default: { description: 'Any other problem.' },
};

const KINDS = { question: QUESTION, write: WRITE } as const;
const content = { 'application/problem+json': { schema: refTo('Problem') } };

/** The refusals as components: `write.409`, `question.400`. */
const RESPONSES = Object.fromEntries(
  Object.entries(KINDS).flatMap(([kind, responses]) =>
    Object.entries(responses).map(([status, response]) => [`${kind}.${status}`, { ...response, content }]),
  ),
);

interface Operation {
  responses?: Record<string, unknown>;
}

function addRefusals(method: string, path: string, { responses }: Operation): void {
  if (responses === undefined) return;
  const kind = method === 'get' ? 'question' : 'write';
  for (const status of Object.keys(KINDS[kind]))
    if (status !== '404' || path.includes('{') || kind === 'write')
      responses[status] ??= { $ref: `#/components/responses/${kind}.${status}` };
}

/** Adds every way in which a request may be refused, all in the same form. */
export function addProblems(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item as Record<string, Operation>))
      addRefusals(method, path, operation);
  document.components = { ...document.components, responses: RESPONSES };
}
