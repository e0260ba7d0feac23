import { isNativeError } from 'node:util/types';

/** What Node and OpenSSL call a certificate that is not trusted, or a handshake that fails. Source: node's TLS docs. */
const CODES =
  /^(ERR_TLS_.*|ERR_SSL_.*|EPROTO|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_.*|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH)$/;

/** What the driver says where the server speaks no TLS. */
const NO_TLS = 'The server does not support SSL connections';

/** Whether a connection was not made because its two ends do not agree on TLS, or one does not trust the other. */
export function isTlsFailure(error: unknown): boolean {
  // Not instanceof: node's own errors are of another realm where the caller runs in a VM, as tests do.
  if (!isNativeError(error)) return false;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? CODES.test(code) : error.message === NO_TLS;
}
