import rateLimitPlugin, { normalizeIP } from '@fastify/rate-limit';
import { TooManyRequestsError } from '#libs/platform';

/** Whose requests are counted together: those of a key, else of an address. */
export type Bucket = `key ${string}` | `address ${string}`;

/** What the plugin says of a bucket after a request was counted. */
type Counted =
  | { readonly isAllowed: true }
  | {
      readonly isAllowed: false;
      readonly max: number;
      readonly remaining: number;
      readonly ttlInSeconds: number;
      readonly isExceeded: boolean;
    };

/** What of Fastify the counting needs. */
export interface LimitedServer<Request> {
  register(plugin: typeof rateLimitPlugin, options: { readonly global: false }): unknown;
  createRateLimit?(options: {
    readonly max: number;
    readonly timeWindow: number;
    readonly keyGenerator: (request: Request) => string;
  }): (request: Request) => Promise<Counted>;
}

/** Counts a request; tells how much is left by headers. @throws TooManyRequestsError */
export type CountRequest<Request> = (
  request: Request,
  reply: { header(name: string, value: string): unknown },
  bucket: Bucket,
) => Promise<void>;

const WINDOW_S = 60;
const POLICY = 'writes';

export const addressBucket = (address: string | undefined): Bucket =>
  `address ${address === undefined ? 'unknown' : normalizeIP(address)}`;

/**
 * Counts requests in windows of a minute, each process for itself; @fastify/rate-limit keeps the counts. Its own headers
 * are of an older draft than the fields that are told here.
 * Source: draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4.
 */
export function countRequests<Request extends object>(
  server: LimitedServer<Request>,
  perMinute: number,
): CountRequest<Request> {
  // Not waited for: whoever waits for a plugin has the server boot before the framework has said how errors are told.
  void server.register(rateLimitPlugin, { global: false });
  const buckets = new WeakMap<Request, Bucket>();
  const keyGenerator = (request: Request): string => buckets.get(request) ?? '';
  let count: ReturnType<NonNullable<LimitedServer<Request>['createRateLimit']>> | undefined;
  return async (request, reply, bucket) => {
    count ??= server.createRateLimit?.({ max: perMinute, timeWindow: WINDOW_S * 1000, keyGenerator });
    buckets.set(request, bucket);
    const counted = await count?.(request);
    if (counted === undefined || counted.isAllowed) throw new Error('@fastify/rate-limit has not counted a request');
    const { max, remaining, ttlInSeconds, isExceeded } = counted;
    reply.header('ratelimit-policy', `"${POLICY}";q=${max};w=${WINDOW_S}`);
    reply.header('ratelimit', `"${POLICY}";r=${remaining};t=${ttlInSeconds}`);
    if (isExceeded) throw tooMany(max, ttlInSeconds);
  };
}

const tooMany = (max: number, seconds: number): TooManyRequestsError =>
  new TooManyRequestsError(`More than ${max} requests that write in a minute.`, {
    code: 'rate-limit',
    field: '',
    rule: 'rate-limit',
    mend: `Wait ${seconds} s (Retry-After), then send it again. Several events can be sent in one batch.`,
    headers: { 'retry-after': String(seconds) },
  });
