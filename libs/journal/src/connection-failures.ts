import { isNativeError } from 'node:util/types';
import { isTlsFailure } from '#libs/platform';

/**
 * SQLSTATE classes and codes after which the same statement may succeed on another connection, or a little later. 25006
 * is what a standby says that was the primary, 57014 a statement that waited for longer than it may.
 */
const SQLSTATES = /^(08...|57P0[1-5]|57014|53...|25006|40001|40P01)$/;
const SYSTEM_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What the driver says, without a code, when a connection ends under a statement or cannot be had. */
const SENTENCES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * Whether a statement failed because the database was away, going away or out of room, so that the statement may have
 * been carried out or not, and may succeed when sent again.
 * Source: PostgreSQL's appendix A (error codes); node's system errors.
 */
export function isConnectionFailure(error: unknown): boolean {
  // Not instanceof: node's own errors are of another realm where the caller runs in a VM, as tests do.
  if (!isNativeError(error)) return false;
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  if (error.name === 'AggregateError' && Array.isArray(errors)) return errors.every(isConnectionFailure);
  // A certificate is mended at the server, and we go on.
  if (isTlsFailure(error)) return true;
  if (typeof code === 'string') return SQLSTATES.test(code) || SYSTEM_ERRORS.has(code);
  return SENTENCES.test(error.message);
}
