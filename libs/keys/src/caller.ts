import type { Scope } from '#libs/contracts';

/** Who asks: what a request may do, and by whose word. */
export interface Caller {
  /** URI: the `source` of what the verb routes append, and the namespace of Idempotency-Key. */
  readonly owner: string;
  /** Who appends, as the journal keeps it for ever: the owner and, behind `#`, the key. */
  readonly actor: string;
  readonly scopes: readonly Scope[];
}

/** Whoever works on the machine that the process listens on, and on it alone. */
export const LOCAL_OWNER = 'urn:litopys:local';

export const LOCAL_CALLER: Caller = { owner: LOCAL_OWNER, actor: LOCAL_OWNER, scopes: ['append', 'operate'] };

const callers = new WeakMap<object, Caller>();

/** Remembers who asks, for as long as the request lives. */
export function rememberCaller(request: object, caller: Caller): void {
  callers.set(request, caller);
}

/**
 * Who sent a request that writes.
 * @param request the HTTP server's, as a controller gets it
 * @throws Error where nobody looked at the request before: a process whose modules leave the guard out writes nothing
 */
export function callerOf(request: object): Caller {
  const caller = callers.get(request);
  if (caller) return caller;
  throw new Error('nobody has looked at who sends this request: import KeysModule');
}
