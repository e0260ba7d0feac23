import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '#libs/platform';
import { median, printTable } from './figures.js';

const TIMES = 3;

/** Seconds from `npm start` to its saying that it is ready. */
async function secondsToReady(dataDir: string): Promise<number> {
  const began = performance.now();
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()) };
  // A group of its own, as in a terminal: Ctrl-C reaches all of it.
  const child = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let seconds = NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('Litopys is ready')) continue;
    seconds = (performance.now() - began) / 1000;
    process.kill(-(child.pid ?? 0), 'SIGINT');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return seconds;
}

/** The first start makes a database and loads the history; the others find it there. */
export async function benchStart(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-start-'));
  chmodSync(dataDir, 0o755);
  try {
    const first = await secondsToReady(dataDir);
    const later: number[] = [];
    for (let time = 0; time < TIMES; time++) later.push(await secondsToReady(dataDir));
    console.log('\nnpm start, building included, on a warm cache');
    printTable(
      ['what', 'seconds to ready'],
      [
        ['first start: makes the database, loads the history', first.toFixed(1)],
        [`later starts, median of ${TIMES}`, median(later).toFixed(1)],
      ],
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
