import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { makePool, sql } from '#libs/platform';
import { generatedRequests } from './events.js';
import { median, printTable, ratio, whole } from './figures.js';
import { startServers } from './servers.js';

const CLI = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));

/** What a producer would send, about 96 % of `count`: the first event of a stream carries its slug. */
function* eventLines(count: number): Generator<string> {
  const opened = new Set<string>();
  for (const { stream, source, id, type, data } of generatedRequests(count)) {
    // A correction says what stood there before, which these do not know.
    if (type.startsWith('litopys.record.')) continue;
    const slug = opened.has(stream) ? '' : `"slug":"${stream.slice(stream.indexOf('/') + 1)}",`;
    opened.add(stream);
    const head = JSON.stringify({ specversion: '1.0', id, source, type, subject: stream });
    yield `${head.slice(0, -1)},"data":{${slug}${data.slice(1)}}\n`;
  }
}

/** The same lines, and how many there were once they are through. */
function countLines(lines: Iterable<string>): { readonly all: Iterable<string>; readonly count: () => number } {
  let count = 0;
  function* all(): Generator<string> {
    for (const line of lines) {
      count++;
      yield line;
    }
  }
  return { all: all(), count: () => count };
}

/** The most memory that a process has held so far, in MiB, where the system tells. Source: proc(5). */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs `litopys append` as whoever uses it does. @returns seconds from its start to its end, and peak memory in MiB */
async function runImport(file: string, url: string): Promise<{ seconds: number; peak: number }> {
  const began = performance.now();
  const env = { ...process.env, DATABASE_URL: url };
  const child = spawn(process.execPath, [CLI, 'append', file], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  const looks = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 100);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(looks);
  if (code !== 0) throw new Error(`litopys append ended with ${code}`);
  return { seconds: (performance.now() - began) / 1000, peak };
}

/** Copies the journal's rows out into a file, then times their way into a table of the same shape and indexes. */
async function copySameRows(url: string, folder: string): Promise<number> {
  const pool = makePool(url, { max: 1 });
  const client = await pool.connect();
  try {
    const rows = path.join(folder, 'rows.copy');
    await pipeline(client.query(copyTo('copy journal.events to stdout')), createWriteStream(rows));
    await client.query(sql(import.meta.url, 'raw-table'));
    await client.query('checkpoint');
    const began = performance.now();
    await pipeline(createReadStream(rows, { highWaterMark: 1 << 18 }), client.query(copyFrom('copy raw from stdin')));
    return (performance.now() - began) / 1000;
  } finally {
    client.release();
    await pool.end();
  }
}

/** `litopys append FILE`, checked, decided, hashed, against COPY of the rows that it made: the same shape and indexes. */
export async function benchImport(count: number): Promise<void> {
  const servers = await startServers({ kafka: false });
  const folder = mkdtempSync(path.join(tmpdir(), 'litopys-bench-import-'));
  try {
    const file = path.join(folder, 'events.ndjson');
    const lines = countLines(eventLines(count));
    await pipeline(Readable.from(lines.all), createWriteStream(file));
    const events = lines.count();
    const rounds = events > 300_000 ? 1 : 3;
    const runs: { seconds: number; peak: number; copy: number }[] = [];
    for (let round = 1; round <= rounds; round++) {
      const url = await servers.createDatabase(`import_${round}`, { migrated: true });
      await servers.settle();
      const run = await runImport(file, url);
      runs.push({ ...run, copy: await copySameRows(url, folder) });
      await servers.dropDatabase(`import_${round}`);
    }
    const rate = (seconds: number): number => events / seconds;
    const ours = median(runs.map(({ seconds }) => rate(seconds)));
    const floor = median(runs.map(({ copy }) => rate(copy)));
    console.log(`${whole(events)} events, medians of ${rounds}`);
    printTable(
      ['', 'events/s', 'of COPY', 'peak memory (MiB)'],
      [
        ['COPY of the same rows', whole(floor), '1.00', ''],
        ['litopys append FILE', whole(ours), ratio(ours, floor), whole(Math.max(...runs.map(({ peak }) => peak)))],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await servers.stop();
  }
}
