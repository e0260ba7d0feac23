import { SetMetadata, type CanActivate, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import { contextOf, covers, type Scope } from '#libs/contracts';
import { callerOf } from '../caller.js';
import { isSafe } from './safe-methods.js';
import { scopeMissing } from './refusals.js';

const NEEDED = 'scope that is needed';
const BY_EVENT = 'that of each event';

/** Which scope a route that writes asks of its caller; where a route says nothing, `operate`. */
export const NeedsScope = (scope: Scope): CustomDecorator => SetMetadata(NEEDED, scope);

/** The route takes events of any context, and calls {@link requireAppend} for each of them. */
export const NeedsScopeOfEachEvent = (): CustomDecorator => SetMetadata(NEEDED, BY_EVENT);

/** Keeps whoever has not the scope out of a route that writes. */
export class ScopeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<{ method: string }>();
    const needed = scopeOf(context);
    if (isSafe(request.method) || needed === BY_EVENT) return true;
    if (!covers(callerOf(request).scopes, needed)) throw scopeMissing(needed);
    return true;
  }
}

function scopeOf(context: ExecutionContext): Scope | typeof BY_EVENT {
  for (const told of [context.getHandler(), context.getClass()]) {
    const needed = Reflect.getMetadata(NEEDED, told) as Scope | typeof BY_EVENT | undefined;
    if (needed !== undefined) return needed;
  }
  return 'operate';
}

/**
 * Whether the sender of a request may append an event, by the context of its subject. What is no event, or of no context
 * that this release knows, passes here: nothing of the kind is ever appended.
 *
 * @param event a JSON value, as it was sent
 * @param field the pointer to its subject, where the request brings several
 * @throws ForbiddenError naming the scope
 */
export function requireAppend(request: object, event: unknown, field = '/subject'): void {
  const subject = (event as { subject?: unknown } | null)?.subject;
  const context = typeof subject === 'string' ? contextOf(subject) : undefined;
  if (context === undefined) return;
  const scope = `append:${context}` as const;
  if (!covers(callerOf(request).scopes, scope)) throw scopeMissing(scope, field);
}
