import type { IncomingMessage } from 'node:http';
import { UnauthenticatedError } from '#libs/platform';
import { LOCAL_CALLER, rememberCaller, type Caller } from '../caller.js';
import { isFromThisMachine } from './from-this-machine.js';

/** What of Fastify's request the guard looks at. */
export interface IncomingRequest {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly socket: { readonly remoteAddress?: string };
}

/** What of Fastify is used to look at requests before their bodies are read. */
export interface HookedServer {
  readonly server: { address(): { readonly address: string } | string | null };
  addHook(name: 'onRequest', hook: (request: IncomingRequest) => Promise<void>): unknown;
}

/** Methods that change nothing. Source: RFC 9110, section 9.2.1. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

const CHALLENGE = { 'www-authenticate': 'Bearer realm="litopys"' };

function addressOf({ server }: HookedServer): string | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.address : undefined;
}

/** Who sends a request that writes. @throws UnauthenticatedError */
function admit(server: HookedServer, { headers, socket }: IncomingRequest): Caller {
  const { remoteAddress } = socket;
  if (
    headers.authorization === undefined &&
    isFromThisMachine({ listensOn: addressOf(server), remoteAddress, headers })
  )
    return LOCAL_CALLER;
  throw new UnauthenticatedError('Whoever writes needs a key.', {
    code: 'key-missing',
    field: 'Authorization',
    rule: 'key-needed',
    mend: 'Send "Authorization: Bearer <key>"; whoever runs this system makes one with `litopys keys add`.',
    headers: CHALLENGE,
  });
}

/** Looks at every request that is not merely a question, before its body is read; nothing writes that it did not let in. */
export function guardWrites(server: HookedServer): void {
  server.addHook('onRequest', async (request) => {
    if (!SAFE.has(request.method)) rememberCaller(request, admit(server, request));
  });
}
