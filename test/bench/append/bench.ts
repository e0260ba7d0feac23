import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makePool, sql } from '#libs/platform';
import { median, printTable, whole } from '../figures.js';
import { startServers, type BenchServers } from '../servers.js';
import type { AppendCourse } from './course.js';
import { requestsPerSecond } from './http.js';

/** One contender: how it is measured on a database of its own, and what it is measured by. */
interface Entrant {
  readonly name: string;
  readonly rate: (databaseUrl: string) => Promise<number>;
  /** The name of the raw entrant beside it. */
  readonly floor?: string;
  /** The ratio to the floor that it is to reach. */
  readonly aim?: number;
}

const ROUNDS = 3;
const HTTP_CONNECTIONS = 32;

const inProcess =
  (contender: string, callers: number, together = 1) =>
  async (databaseUrl: string): Promise<number> => {
    const course: AppendCourse = { databaseUrl, callers, together };
    const script = fileURLToPath(new URL('./run.js', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, contender, JSON.stringify(course)]);
    return Number(stdout.trim().split('\n').at(-1));
  };

const overHttp = (what: 'producer' | 'bare') => (databaseUrl: string) =>
  requestsPerSecond(what, databaseUrl, HTTP_CONNECTIONS);

function oneACall(callers: number, aim?: number): Entrant[] {
  const who = `${callers} caller${callers === 1 ? '' : 's'}`;
  const floor = `${who}: raw insert and commit`;
  return [
    { name: floor, rate: inProcess('raw inserts', callers) },
    { name: `${who}: append, one event a call`, rate: inProcess('append', callers), floor, aim },
    { name: `${who}: produce (checked, decided)`, rate: inProcess('produce', callers), floor },
  ];
}

const ENTRANTS: readonly Entrant[] = [
  ...oneACall(1),
  ...oneACall(32, 1.3),
  ...oneACall(256, 2),
  { name: '1,000 rows: raw unnest and commit', rate: inProcess('raw unnest', 1, 1000) },
  {
    name: '1,000 events: append in one call',
    rate: inProcess('append', 1, 1000),
    floor: '1,000 rows: raw unnest and commit',
    aim: 0.6,
  },
  { name: `HTTP, ${HTTP_CONNECTIONS} connections: bare route, insert, commit`, rate: overHttp('bare') },
  {
    name: `HTTP, ${HTTP_CONNECTIONS} connections: the producer's app`,
    rate: overHttp('producer'),
    floor: `HTTP, ${HTTP_CONNECTIONS} connections: bare route, insert, commit`,
    aim: 0.8,
  },
];

async function run(servers: BenchServers, { rate }: Entrant, database: string): Promise<number> {
  const databaseUrl = await servers.createDatabase(database, { migrated: true });
  const pool = makePool(databaseUrl);
  for (const name of ['raw-table', 'raw-sequence'])
    await pool.query(sql(new URL('../main.js', import.meta.url).href, name));
  await pool.end();
  await servers.settle();
  const measured = await rate(databaseUrl);
  await servers.dropDatabase(database);
  return measured;
}

/** Events into the journal beside raw inserts of the same rows, in turn, in the same run. */
export async function benchAppend(): Promise<void> {
  const servers = await startServers({ kafka: false });
  try {
    const rates = new Map<string, number[]>(ENTRANTS.map(({ name }) => [name, []]));
    for (let round = 1; round <= ROUNDS; round++)
      for (const [index, entrant] of ENTRANTS.entries())
        rates.get(entrant.name)?.push(await run(servers, entrant, `append_${round}_${index}`));
    const ratesOf = (name: string): readonly number[] => rates.get(name) ?? [];
    // Of each round by itself: what disturbs a round disturbs all of it.
    const ratioTo = (name: string, floor: string): number =>
      median(ratesOf(name).map((rate, round) => rate / (ratesOf(floor)[round] ?? NaN)));
    console.log(`\nAppend: events of 600 bytes, fsync on, medians of ${ROUNDS} rounds run in turn`);
    printTable(
      ['what', 'events/s', 'rounds', 'of raw', 'aim'],
      ENTRANTS.map(({ name, floor, aim }) => [
        name,
        whole(median(ratesOf(name))),
        ratesOf(name).map(whole).join(' · '),
        floor === undefined ? '' : ratioTo(name, floor).toFixed(2),
        aim ?? '',
      ]),
    );
  } finally {
    await servers.stop();
  }
}
