import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { verify } from '#libs/journal';
import { between, randomFrom } from './append/random.js';
import type { Acknowledged, WriterTask } from './append/writer.js';
import { freshJournal, type TestJournal } from './support/journal.js';

/** Law 4: several processes append with retries and are killed, and the journal is as if nothing had happened. */
const long = process.env['FAULTS'] === '1';
const seed = Number(process.env['SEED'] ?? (long ? Date.now() % 1_000_000 : 20250824));
const { writers, count, calm } = long ? { writers: 5, count: 4000, calm: 150 } : { writers: 3, count: 100, calm: 50 };
const STREAMS = 5;

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
});
afterAll(() => journal.close());

function startWriter(task: WriterTask): ChildProcess {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawn(process.execPath, ['dist/test/append/writer.js', JSON.stringify(task)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const breakConnections = (writer: number): Promise<unknown> =>
  journal.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1`,
    [`writer-${writer}`],
  );

/** Lets one writer run, breaking its connections and killing it now and then, until it has said all its events. */
async function runWriter(writer: number): Promise<{ heard: Acknowledged[]; kills: number; breaks: number }> {
  const random = randomFrom(seed + writer);
  const heard: Acknowledged[] = [];
  const faults = { kills: 0, breaks: 0 };
  for (let from = 0; from < count;) {
    const process = startWriter({
      url: journal.url,
      writer,
      streams: STREAMS,
      count,
      from,
      seed: seed + writer + from,
    });
    const exit = once(process, 'exit');
    let calmFor = between(random, 1, calm);
    for await (const line of createInterface({ input: process.stdout ?? ([] as never) })) {
      heard.push(JSON.parse(line) as Acknowledged);
      if (--calmFor > 0) continue;
      calmFor = between(random, 1, calm);
      if ((faults.kills + faults.breaks + writer) % 2 === 0) {
        faults.kills += process.kill('SIGKILL') ? 1 : 0;
        continue;
      }
      faults.breaks += 1;
      await breakConnections(writer);
    }
    const [code, signal] = (await exit) as [number | null, string | null];
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(`writer ${writer} ended with ${code}`);
    const numbers = new Set(heard.map(({ number }) => number));
    from = Array.from({ length: count }, (_, number) => number).find((number) => !numbers.has(number)) ?? count;
  }
  return { heard, ...faults };
}

interface Stored {
  readonly id: string;
  readonly position: number;
  readonly version: number;
  readonly stream: string;
}

it(
  'takes every event once, in one gapless order, whoever is killed while appending',
  async () => {
    const runs = await Promise.all(Array.from({ length: writers }, (_, index) => runWriter(index + 1)));
    const faults = runs.map(({ kills, breaks }) => `${kills} kills, ${breaks} broken connections`).join('; ');
    process.stdout.write(`append: seed ${seed}; ${faults}\n`);
    expect(runs.some(({ kills }) => kills > 0) && runs.some(({ breaks }) => breaks > 0)).toBe(true);

    const { rows } = await journal.owner.query<Stored>(
      'select id, position, version, stream from journal.events order by position',
    );
    expect(rows.map(({ position }) => position)).toEqual(
      Array.from({ length: writers * count }, (_, index) => index + 1),
    );
    expect(new Set(rows.map(({ id }) => id)).size).toBe(writers * count);

    const versions = new Map<string, number>();
    for (const { stream, version } of rows) {
      expect([stream, version]).toEqual([stream, (versions.get(stream) ?? 0) + 1]);
      versions.set(stream, version);
    }
    expect(versions.size).toBe(STREAMS);

    const stored = new Map(rows.map((row) => [row.id, row]));
    for (const { id, position, version } of runs.flatMap(({ heard }) => heard))
      expect(stored.get(id)).toMatchObject({ id, position, version });

    expect(await verify(journal.app, 'journal')).toMatchObject({ events: writers * count, findingCount: 0 });
  },
  long ? 900_000 : 60_000,
);
