/**
 * The key in `Authorization: Bearer <key>`; the scheme's case is nobody's. Whatever else stands in the header is taken
 * for a key that is none, never for a request without one.
 * Source: RFC 6750, section 2.1; RFC 9110, section 11.4.
 */
export function sentKey(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
}
