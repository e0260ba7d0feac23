import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { Pool } from 'pg';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { makePool } from '#libs/platform';
import { projectNow, rebuild } from '#libs/projection';
import { printTable, ratio, whole } from './figures.js';
import { fillJournal } from './fill-journal.js';
import { startServers } from './servers.js';

const CONNECTIONS = 10;
const SECONDS = 8;

/** Days that reads begin at: no two requests in a row are the same. */
const DAYS = Array.from({ length: 40 }, (_, index) => `${1995 + (index % 25)}-0${1 + (index % 9)}-15`);

interface Read {
  readonly name: string;
  readonly query: (day: string, events: number) => Readonly<Record<string, string | number>>;
}

/** Half of what was known or recorded, and hardly any of it: there the rows that do not hold yet are passed over. */
const KNOWN = { half: '2009-06-30', little: '1992-06-30' } as const;

const READS: readonly Read[] = [
  { name: 'now', query: (day) => ({ occurred_from: day }) },
  { name: 'as known', query: (day) => ({ occurred_from: day, as_known_at: KNOWN.half }) },
  { name: 'as recorded', query: (day, events) => ({ occurred_from: day, as_recorded_at: Math.floor(events / 2) }) },
  {
    name: 'both',
    query: (day, events) => ({ occurred_from: day, as_known_at: KNOWN.half, as_recorded_at: Math.floor(events / 2) }),
  },
  {
    name: 'both, far back',
    query: (day, events) => ({
      occurred_from: day,
      as_known_at: KNOWN.little,
      as_recorded_at: Math.floor(events / 100),
    }),
  },
  { name: 'now, a party', query: (day) => ({ occurred_from: day, party: 'person:someone-7' }) },
  { name: 'now, two words', query: (day) => ({ occurred_from: day, q: 'radar reactor' }) },
];

interface Server {
  readonly url: string;
  readonly child: ChildProcess;
}

async function serve(what: 'timeline' | 'bare', databaseUrl: string): Promise<Server> {
  const script = fileURLToPath(new URL('./serve.js', import.meta.url));
  const child = spawn(process.execPath, [script, what, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url, child };
}

interface Load {
  readonly rate: number;
  readonly p99: number;
}

async function load(url: string, paths: readonly string[], seconds: number): Promise<Load> {
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  const {
    requests: rate,
    latency,
    non2xx,
    errors,
  } = await autocannon({ url, requests, connections: CONNECTIONS, duration: seconds });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests to ${url}${paths[0]} failed`);
  return { rate: rate.average, p99: latency.p99 };
}

function pathsOf({ query }: Read, events: number): string[] {
  return DAYS.map((day) => {
    const given = Object.entries(query(day, events)).map(([name, value]): [string, string] => [name, String(value)]);
    return `/v1/entries?${new URLSearchParams(given).toString()}`;
  });
}

async function fill(pool: Pool, events: number): Promise<void> {
  const { rate, bytes } = await fillJournal(pool, events);
  console.log(
    `journal: ${whole(events)} events of ${whole(bytes)} bytes of data, ${whole(rate)} events/s appended by 2,000`,
  );
  const began = performance.now();
  const set = { views: VIEWS, viewVersion: VIEW_VERSION, feed: 'journal', lanes: 1 } as const;
  await rebuild(pool, set);
  // A rebuild ends within a batch of the head; the rest is a loop's.
  await projectNow(pool, set);
  const seconds = (performance.now() - began) / 1000;
  const { rows } = await pool.query<{ entries: number; refs: number }>(
    'select (select count(*) from views_1.entries)::int as entries, (select count(*) from views_1.entry_refs)::int as refs',
  );
  const { entries, refs } = rows[0] ?? { entries: 0, refs: 0 };
  console.log(
    `views: ${whole(entries)} entry rows and ${whole(refs)} relations in ${whole(seconds)} s: ` +
      `${whole(events / seconds)} events/s, ${whole((entries + refs) / seconds)} rows/s, one lane, indexes kept`,
  );
  await pool.query('vacuum analyze');
}

async function compareReads(databaseUrl: string, events: number): Promise<void> {
  const [ours, bare] = [await serve('timeline', databaseUrl), await serve('bare', databaseUrl)];
  const rows: (string | number)[][] = [];
  for (const read of READS) {
    const paths = pathsOf(read, events);
    for (const { url } of [ours, bare]) await load(url, paths, 2);
    const [own, floor] = [await load(ours.url, paths, SECONDS), await load(bare.url, paths, SECONDS)];
    rows.push([read.name, whole(own.rate), own.p99, whole(floor.rate), floor.p99, ratio(own.rate, floor.rate)]);
  }
  for (const { child } of [ours, bare]) child.kill();
  console.log(`\n/v1/entries at ${whole(events)} events, pages of 50 from a day on, ${CONNECTIONS} connections`);
  printTable(['read', 'requests/s', 'p99 ms', 'bare handler, same SQL', 'p99 ms', 'ratio'], rows);
}

/** Fills a million entries and reads them at places on both axes, beside a bare handler on the same SQL. */
export async function benchMillion(events: number): Promise<void> {
  const servers = await startServers({ kafka: false });
  try {
    const databaseUrl = await servers.createDatabase('million', { migrated: true });
    const pool = makePool(databaseUrl);
    await fill(pool, events);
    await servers.settle();
    await compareReads(databaseUrl, events);
    await pool.end();
  } finally {
    await servers.stop();
  }
}
