import http from 'node:http';
import { DEADLINE_MS } from './server-process.js';

/** A request as it is put together, whatever it is worth. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  /** Pairs, so that a name can come twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

export interface Received {
  readonly status: number;
  readonly contentType: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

/** @throws Error where nothing is answered in time, or the connection breaks before there is an answer */
export function send(url: string, { method, path, headers, body }: Sent): Promise<Received> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({
      hostname,
      port,
      path,
      method,
      agent,
      headers: ['Host', host, ...headers.flat(), 'Content-Length', String(body.length)],
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    // After an answer that did not wait for the body this tells nothing.
    request.on('error', reject);
    request.end(body);
  });
}

export const closeConnections = (): void => agent.destroy();
