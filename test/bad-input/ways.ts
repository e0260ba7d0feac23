import { toHeaderValue } from '#libs/contracts';
import { attributesOf, bytesOf, numbered, routeOf, SLUG, wholeOf, type Candidate } from './candidate.js';
import type { Sent } from './http-client.js';

/** The ways in: routes of verbs, CloudEvents in each mode, and the library itself, an event or a batch at a time. */
export const WAYS = ['open', 'verb', 'structured', 'json', 'binary', 'produce', 'batch'] as const;
export type Way = (typeof WAYS)[number];

export const HTTP_WAYS = ['open', 'verb', 'structured', 'json', 'binary'] as const satisfies readonly Way[];

/** What goes to the process: a request, or a text for the library. */
export type Message = { readonly request: Sent } | { readonly text: string };

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

function verbRequest(candidate: Candidate, number: number, opens: boolean): Sent {
  const { collection, verb } = routeOf(candidate);
  return {
    method: 'POST',
    path: numbered(opens ? `/v1/${collection}` : `/v1/${collection}/${SLUG}/${verb}`, number),
    headers: [JSON_TYPE, ['Idempotency-Key', `fuzz-${number}`]],
    body: bytesOf(candidate.data, number),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const binaryRequest = (candidate: Candidate, number: number): Sent => ({
  method: 'POST',
  path: '/v1/events',
  headers: [
    JSON_TYPE,
    ...Object.entries(attributesOf(candidate, number)).map(
      ([name, value]) => [`ce-${name}`, toHeaderValue(textOf(value))] as const,
    ),
  ],
  body: bytesOf(candidate.data, number),
});

const wholeRequest = (candidate: Candidate, number: number, contentType: string): Sent => ({
  method: 'POST',
  path: '/v1/events',
  headers: [['Content-Type', contentType]],
  body: wholeOf(candidate, number),
});

/** An event that nothing is wrong with, beside the candidate in a batch. */
const neighbour = (number: number, side: 'a' | 'b'): string =>
  JSON.stringify({
    specversion: '1.0',
    id: `neighbour-${side}-${number}`,
    source: 'urn:litopys:fuzz',
    type: 'litopys.statement.issued.v1',
    subject: `statement/neighbour-${side}-${number}`,
    data: {
      slug: `neighbour-${side}-${number}`,
      title: 'Nothing is wrong here',
      occurred: '2025-08-24',
      known_since: '2025-08-24',
      form: 'post',
      citations: [{ publisher: 'A paper', title: 'A report', language: 'en', standing: 'press' }],
    },
  });

/** How a candidate is sent that way; each number is a stream, and an identity, of its own. */
export function messageOf(candidate: Candidate, way: Way, number: number): Message {
  switch (way) {
    case 'open':
      return { request: verbRequest(candidate, number, routeOf(candidate).opens) };
    case 'verb':
      return { request: verbRequest(candidate, number, false) };
    case 'structured':
      return { request: wholeRequest(candidate, number, 'application/cloudevents+json') };
    case 'json':
      return { request: wholeRequest(candidate, number, 'application/json; charset=utf-8') };
    case 'binary':
      return { request: binaryRequest(candidate, number) };
    case 'produce':
      return { text: wholeOf(candidate, number).toString() };
    case 'batch':
      return { text: `[${neighbour(number, 'a')},${wholeOf(candidate, number).toString()},${neighbour(number, 'b')}]` };
    default:
      return way satisfies never;
  }
}
