import { isNativeError } from 'node:util/types';

/**
 * SQLSTATE classes of what a server says that cannot make sense of what is on its disk: XX (internal: a page or tuple
 * that is corrupted), 58 (its files), 22 (a value that its type does not have), 54 (a length beyond all limits), 0A
 * (a way of compressing that it does not know).
 * Source: PostgreSQL's appendix A (error codes).
 */
const DAMAGE = /^(XX|58|22|54|0A)...$/;

/** Whether a statement failed because of what is stored, so that it fails again, and another may not. */
export function isDamage(error: unknown): error is Error {
  const { code } = (error ?? {}) as { code?: unknown };
  return isNativeError(error) && typeof code === 'string' && DAMAGE.test(code);
}
