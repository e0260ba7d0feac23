const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether a method changes nothing. Source: RFC 9110, section 9.2.1. */
export const isSafe = (method: string): boolean => SAFE.has(method);
