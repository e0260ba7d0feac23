import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeKafka, Relay } from '#libs/broker';
import { makePool } from '#libs/platform';
import { median, printTable, ratio, whole } from './figures.js';
import { fillJournal } from './fill-journal.js';
import { startServers, type BenchServers } from './servers.js';
import type { Course } from './contenders/contender.js';

const TOPIC = 'litopys.bench';
const ROUNDS = 3;
const NAMES = {
  'floor 1': 'hand-written eachBatch into UNNEST, one partition after another',
  'floor 4': 'hand-written eachBatch into UNNEST, four partitions at once (the floor)',
  'views 1': 'receiver, replica, loop: 1 lane',
  'views 2': 'receiver, replica, loop: 2 lanes',
} as const;
type Name = keyof typeof NAMES;

const silent = { log: () => undefined, warn: () => undefined, error: (text: string) => console.error(text) };

/** Fills a journal, and the topic from it, once for all contenders. */
async function fillTopic(servers: BenchServers, events: number): Promise<void> {
  const pool = makePool(await servers.createDatabase('journal', { migrated: true }));
  const { rate, bytes } = await fillJournal(pool, events);
  console.log(
    `journal: ${whole(events)} events of ${whole(bytes)} bytes of data, ${whole(rate)} events/s appended by 2,000`,
  );
  const kafka = makeKafka({ brokers: [servers.brokers], clientId: 'bench', logger: silent });
  const relay = new Relay({ pool, kafka, topic: TOPIC, logger: silent });
  const began = performance.now();
  relay.start();
  while (relay.health().position < events) await wait(20);
  console.log(`relay: ${whole((events / (performance.now() - began)) * 1000)} events/s into 4 partitions`);
  await relay.stop();
  await pool.end();
}

/** One run in a process of its own, with a database and a group of its own; events a second. */
async function run(servers: BenchServers, name: Name, round: number, events: number): Promise<number> {
  const database = `${name.replace(' ', '_')}_${round}`;
  const databaseUrl = await servers.createDatabase(database, { migrated: name.startsWith('views') });
  await servers.settle();
  const course: Course = { brokers: servers.brokers, topic: TOPIC, groupId: `bench-${database}`, databaseUrl, events };
  const script = fileURLToPath(new URL('./contenders/run.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, name, JSON.stringify(course)]);
  await servers.dropDatabase(database);
  return (events / Number(stdout.trim().split('\n').at(-1))) * 1000;
}

/** Kafka into views beside its floor, in turn, in the same run. */
export async function benchKafka(events: number): Promise<void> {
  const servers = await startServers({ kafka: true });
  try {
    await fillTopic(servers, events);
    const names = Object.keys(NAMES) as Name[];
    const rates = new Map<Name, number[]>(names.map((name) => [name, []]));
    for (let round = 1; round <= ROUNDS; round++)
      for (const name of names) rates.get(name)?.push(await run(servers, name, round, events));
    const medianOf = (name: Name): number => median(rates.get(name) ?? []);
    // Of each round by itself: what disturbs a round disturbs all of it.
    const ratioTo = (name: Name, floor: Name): string => {
      const ratios = (rates.get(name) ?? []).map((rate, round) => rate / (rates.get(floor)?.[round] ?? NaN));
      return ratio(median(ratios), 1);
    };
    console.log(`\nKafka into views: ${whole(events)} events, medians of ${ROUNDS} rounds run in turn`);
    printTable(
      ['what', 'events/s', 'rounds', 'of the floor', 'of one after another'],
      names.map((name) => [
        NAMES[name],
        whole(medianOf(name)),
        (rates.get(name) ?? []).map(whole).join(' · '),
        ratioTo(name, 'floor 4'),
        ratioTo(name, 'floor 1'),
      ]),
    );
  } finally {
    await servers.stop();
  }
}
