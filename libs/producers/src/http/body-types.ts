import { MIMEType } from 'node:util';
import { BATCH_TYPE, JSON_TYPE, MediaTypeError, STRUCTURED_TYPE, ValidationError } from '#libs/platform';

/** What of Fastify is used to look at requests before their bodies are read. */
export interface HookedServer {
  addHook(name: 'onRequest', hook: (request: ArrivingRequest) => Promise<void>): unknown;
}

/** What of Fastify's request is looked at. */
export interface ArrivingRequest {
  readonly method: string;
  readonly is404: boolean;
  readonly routeOptions: { readonly url?: string };
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The one route that takes CloudEvents; every other one takes the data of an event. */
export const EVENTS_PATH = '/v1/events';

const EVENT_TYPES = [STRUCTURED_TYPE, BATCH_TYPE, JSON_TYPE];
const DATA_TYPES = [JSON_TYPE];

type Headers = ArrivingRequest['headers'];

const isAttribute = (name: string): boolean => name.startsWith('ce-');

/** Whether a request says in its headers that it carries a CloudEvent. */
export const hasAttributes = (headers: Headers): boolean => Object.keys(headers).some(isAttribute);

function mediaType(contentType: string): { readonly type: string; readonly charset: string } | undefined {
  try {
    const { essence, params } = new MIMEType(contentType);
    return { type: essence, charset: (params.get('charset') ?? 'utf-8').toLowerCase() };
  } catch {
    return undefined;
  }
}

function notTaken(detail: string, known: readonly string[]): MediaTypeError {
  const last = known.at(-1) ?? '';
  const others = known.slice(0, -1).join(', ');
  return new MediaTypeError(detail, {
    field: 'Content-Type',
    rule: 'content-type',
    mend: `Send the body as ${others === '' ? last : `${others} or ${last}`}, in UTF-8.`,
  });
}

/** @throws MediaTypeError that names the types that are known */
function checkType(headers: Headers, known: readonly string[]): void {
  const given = headers['content-type'];
  if (given === undefined) {
    if (hasBody(headers) && !hasAttributes(headers))
      throw notTaken('The request does not say what its body is.', known);
    return;
  }
  const found = mediaType(String(given));
  if (found && known.includes(found.type) && found.charset === 'utf-8') return;
  throw notTaken(`A body of the type ${String(given).slice(0, 80)} is not taken.`, known);
}

/** Source: RFC 9110, section 15.5.16. @throws MediaTypeError */
function refuseEncoding(headers: Headers): void {
  const given = headers['content-encoding'];
  if (given === undefined || String(given).trim().toLowerCase() === 'identity') return;
  throw new MediaTypeError(`A body in the encoding ${String(given).slice(0, 80)} is not taken.`, {
    field: 'Content-Encoding',
    rule: 'content-encoding',
    mend: 'Send the body as it is, uncompressed, and leave the header out.',
    headers: { 'accept-encoding': 'identity' },
  });
}

const hasBody = (headers: Headers): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Attributes that nobody reads would be lost without a word, the id among them. */
function refuseAttributes(headers: Headers): void {
  const name = Object.keys(headers).find(isAttribute);
  if (name === undefined) return;
  throw new ValidationError('This route takes the data of an event alone, and no CloudEvent.', {
    field: name,
    rule: 'no-cloudevent',
    mend: `Send the CloudEvent to ${EVENTS_PATH}, or leave the headers out; an Idempotency-Key is the id of the event.`,
  });
}

/**
 * Looks at what a body is said to be, before any of it is read. A CloudEvent in binary mode whose Content-Type is left out
 * has data in JSON, as all events do.
 */
export function checkBodyTypes(server: HookedServer): void {
  server.addHook('onRequest', async ({ method, is404, routeOptions, headers }) => {
    if (method !== 'POST' || is404) return;
    const takesEvents = routeOptions.url === EVENTS_PATH;
    refuseEncoding(headers);
    checkType(headers, takesEvents ? EVENT_TYPES : DATA_TYPES);
    if (!takesEvents) refuseAttributes(headers);
  });
}
