import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { dataNumber } from './events.js';

const WARM_UP_SECONDS = 2;
const SECONDS = 5;

async function load(url: string, connections: number, seconds: number, from: number): Promise<number> {
  let number = from;
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/v1/statements',
        setupRequest: (request) => ({
          ...request,
          headers: { 'content-type': 'application/json', 'idempotency-key': `event-${++number}` },
          body: JSON.stringify(dataNumber(number)),
        }),
      },
    ],
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests to ${url} failed`);
  return requests.total / seconds;
}

/** Distinct openings, one a request, to a server in a process of its own; requests a second once it is warm. */
export async function requestsPerSecond(
  what: 'producer' | 'bare',
  databaseUrl: string,
  connections: number,
): Promise<number> {
  const script = fileURLToPath(new URL('./serve.js', import.meta.url));
  const child = spawn(process.execPath, [script, what, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    await load(url, connections, WARM_UP_SECONDS, 1_000_000_000);
    return await load(url, connections, SECONDS, 0);
  } finally {
    child.kill('SIGKILL');
    await exit;
  }
}
