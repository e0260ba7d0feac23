import { MethodNotAllowedError } from './errors.js';

/** What of Fastify is used to learn which routes there are, and to look at requests that meet none. */
export interface RoutedServer {
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown;
  addHook(name: 'onRequest', hook: (request: UnroutedRequest) => Promise<void>): unknown;
}

/** A route as it is added; a part of its path that begins with ":" stands for any. */
export interface Route {
  readonly method: string | readonly string[];
  readonly url: string;
  readonly config?: object;
}

export interface UnroutedRequest {
  readonly is404: boolean;
  readonly method: string;
  readonly url: string;
}

/** The config of a route that serves nothing, and is there to say why: it makes no method known. */
export const SERVES_NOTHING = { servesNothing: true } as const;

const partsOf = (path: string): string[] => path.split('/');

const fits = (pattern: readonly string[], path: readonly string[]): boolean =>
  pattern.length === path.length &&
  pattern.every((part, index) => (part.startsWith(':') ? path[index] !== '' : part === path[index]));

/**
 * Tells a request to a path that is there by another method so, with the methods that are: a 405 with Allow, and not a
 * path that nobody has heard of. Call it before there are routes.
 * Source: RFC 9110, section 15.5.6.
 */
export function refuseOtherMethods(server: RoutedServer): void {
  const routes: { readonly pattern: readonly string[]; readonly methods: readonly string[] }[] = [];
  server.addHook('onRoute', ({ method, url, config = {} }) => {
    if (!('servesNothing' in config)) routes.push({ pattern: partsOf(url), methods: [method].flat() });
  });
  server.addHook('onRequest', async ({ is404, method, url }) => {
    if (!is404) return;
    const path = partsOf(url.split('?', 1)[0] ?? '');
    const methods = routes.filter(({ pattern }) => fits(pattern, path)).flatMap((route) => route.methods);
    if (methods.length > 0) throw otherMethod(method, [...new Set(methods)].sort());
  });
}

function otherMethod(method: string, known: readonly string[]): MethodNotAllowedError {
  return new MethodNotAllowedError(`${method} is not served at this path.`, {
    field: 'method',
    rule: 'method',
    mend: `Known here: ${known.join(', ')}.`,
    headers: { allow: known.join(', ') },
  });
}
