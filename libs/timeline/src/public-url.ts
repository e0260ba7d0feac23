const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** On loopback a process knows its own URL; behind a proxy it does not, and cites paths. */
export function publicUrlOf(host: string, port: number): string | undefined {
  if (!LOOPBACK.includes(host) || port === 0) return undefined;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
