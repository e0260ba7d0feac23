import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { LitopysError, toProblem, type ErrorDetails, type Problem } from './errors.js';

/** What no route is asked about, since it is no request as HTTP has it, or cannot be told from one. */
class UnroutedError extends LitopysError {
  readonly retriable = false;
  readonly title = 'That is no request that can be served';

  constructor(
    readonly status: number,
    message: string,
    details: ErrorDetails,
  ) {
    super('malformed-request', message, details);
  }
}

/** Longest part of a path that a route is asked about: longer than any that it takes, so that it says what is wrong. */
const MAX_PATH_PART = 1000;

const unrouted = (status: number, field: string, rule: string, detail: string, mend: string): Problem =>
  toProblem(new UnroutedError(status, detail, { field, rule, mend }));

const malformed = unrouted(
  400,
  '',
  'http',
  'What arrived is no HTTP request.',
  'Send it by an HTTP library; with one, look at Content-Length and Transfer-Encoding.',
);

/** What is wrong on a connection, by the code that Node gives it. */
const OF_CONNECTION: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: unrouted(
    408,
    '',
    'request-timeout',
    'The request did not arrive in time.',
    'Send it again, all of it at once.',
  ),
  HPE_HEADER_OVERFLOW: unrouted(
    431,
    'headers',
    'headers-size',
    'The path and the headers together have more than 16 KiB.',
    'Send fewer or shorter headers; an event of that size goes into the body.',
  ),
};

const ofUrl = (statusCode: number | undefined): Problem =>
  statusCode === 414
    ? unrouted(414, 'path', 'path-size', `A part of the path has more than ${MAX_PATH_PART} characters.`, 'Shorten it.')
    : unrouted(400, 'path', 'percent-encoding', 'The path is no percent-encoded UTF-8.', 'Write "%" as %25.');

/** How long a connection that was told off may take to close itself. */
const LINGER_MS = 1000;

const PROBLEM_TYPE = 'application/problem+json';

/** Answers on a connection whose request never became one, and ends it. */
function answerConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  // Whoever has gone, or is being answered, is told nothing.
  const { _httpMessage: underWay } = socket as { _httpMessage?: { readonly headersSent: boolean } };
  if (error.code === 'ECONNRESET' || !socket.writable || underWay?.headersSent) return void socket.destroy(error);
  const problem = OF_CONNECTION[error.code ?? ''] ?? malformed;
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Not at once: what is still on its way here would make the answer be thrown away unread.
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}

function answerNow(response: ServerResponse, problem: Problem): void {
  const body = JSON.stringify(problem);
  response
    .writeHead(problem.status, { 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body) })
    .end(body);
}

const expectation = unrouted(
  417,
  'Expect',
  'expect',
  'Nothing but 100-continue can be expected here.',
  'Send "Expect: 100-continue", or leave the header out.',
);

interface ArrivingRequest {
  readonly raw: Pick<IncomingMessage, 'httpVersion' | 'headers'>;
}

/** What of Fastify is used to answer what comes before any route. */
export interface EarlyServer {
  readonly server: Server;
  addHook(name: 'onRequest', hook: (request: ArrivingRequest) => Promise<void>): unknown;
}

/** Settings of Fastify by which what is refused before any route is told as a problem. */
export const SERVER_OPTIONS = {
  routerOptions: { maxParamLength: MAX_PATH_PART },
  // Node would refuse a request without Host by itself, and without a word.
  http: { requireHostHeader: false },
  clientErrorHandler: answerConnection,
  frameworkErrors: (
    error: { readonly statusCode?: number },
    _: unknown,
    reply: { readonly raw: ServerResponse },
  ): void => answerNow(reply.raw, ofUrl(error.statusCode)),
} as const;

/** Answers what is refused before any route, where a setting does not do. */
export function answerUnrouted(server: EarlyServer): void {
  server.server.on('checkExpectation', (_, response) => answerNow(response, expectation));
  server.addHook('onRequest', async ({ raw: { httpVersion, headers } }) => {
    if (headers.host !== undefined || httpVersion !== '1.1') return;
    throw new UnroutedError(400, 'The request does not say which host it is for.', {
      field: 'Host',
      rule: 'host',
      mend: 'Send a Host header, as HTTP/1.1 wants it.',
    });
  });
}
