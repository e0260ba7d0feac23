import type { IncomingMessage } from 'node:http';
import { LOCAL_CALLER, rememberCaller } from '../caller.js';
import type { KeyRing, KeyTrouble } from '../key-ring.js';
import { sentKey } from './bearer.js';
import { isFromThisMachine } from './from-this-machine.js';
import { addressBucket, countRequests, type CountRequest, type LimitedServer } from './rate-limit.js';
import { keyMissing, keyRefused } from './refusals.js';
import { isSafe } from './safe-methods.js';

/** What of Fastify's request the guard looks at. */
export interface IncomingRequest {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly socket: { readonly remoteAddress?: string };
}

interface Reply {
  header(name: string, value: string): unknown;
}

/** What of Fastify is used to look at requests before their bodies are read. */
export interface HookedServer extends LimitedServer<IncomingRequest> {
  readonly server: { address(): { readonly address: string } | string | null };
  addHook(name: 'onRequest', hook: (request: IncomingRequest, reply: Reply) => Promise<void>): unknown;
}

/** Who may write without a key: a program of this machine where HOST is loopback, or nobody. */
export type WriteWithoutKey = 'loopback' | 'never';

export interface WriteRules {
  readonly ring: KeyRing;
  readonly writeWithoutKey: WriteWithoutKey;
  /** Requests that write, a minute and key, or address where no key holds; 0: as many as come. */
  readonly rateLimit: number;
}

function addressOf({ server }: HookedServer): string | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.address : undefined;
}

const NOT_COUNTED: CountRequest<IncomingRequest> = () => Promise.resolve();

/**
 * Looks at every request that is not merely a question, before its body is read: nothing writes that it did not let in.
 * A key that comes is looked at wherever it comes from. Those who may write without one are not counted.
 */
export function guardWrites(server: HookedServer, { ring, writeWithoutKey, rateLimit }: WriteRules): void {
  const count = rateLimit > 0 ? countRequests(server, rateLimit) : NOT_COUNTED;
  const needsNoKey = ({ headers, socket: { remoteAddress } }: IncomingRequest): boolean =>
    writeWithoutKey === 'loopback' && isFromThisMachine({ listensOn: addressOf(server), remoteAddress, headers });

  server.addHook('onRequest', async (request, reply) => {
    if (isSafe(request.method)) return;
    const key = sentKey(request.headers.authorization);
    if (key === undefined && needsNoKey(request)) return rememberCaller(request, LOCAL_CALLER);
    const found = key === undefined ? 'missing' : await ring.find(key);
    const holder = typeof found === 'object' ? found : undefined;
    await count(request, reply, holder ? `key ${holder.id}` : addressBucket(request.socket.remoteAddress));
    if (!holder) throw found === 'missing' ? keyMissing() : keyRefused(found as KeyTrouble);
    rememberCaller(request, holder.caller);
  });
}
