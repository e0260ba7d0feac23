import { randomUUID } from 'node:crypto';
import { Logger, type LoggerService } from '@nestjs/common';
import { type ConsumerConfig, type Kafka, type Message, Partitioners } from 'kafkajs';
import type { Pool } from 'pg';
import { makeKafka, ReceiverServer, Relay } from '#libs/broker';
import { canonicalJson } from '#libs/contracts';
import { append, type AppendRequest, type Feed, feedHead, fingerprintOf, verify } from '#libs/journal';
import { type KafkaAccess, makePool } from '#libs/platform';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { brokers as testBrokers } from '../support/kafka.js';

export interface RestoredJournal {
  readonly pool: Pool;
  /** Its rows as text, all columns. */
  readonly rows: () => Promise<string[]>;
}

/** A journal, a topic and a replica of a test's own, and whatever runs between them. */
export class World {
  readonly topic = `test.${randomUUID()}`;
  readonly groupId = `group.${randomUUID()}`;
  readonly said: string[] = [];
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly journalDatabase: FreshDatabase,
    /** The journal as its owner, who may end other sessions. */
    readonly owner: Pool,
    readonly journal: Pool,
    readonly views: Pool,
    readonly viewsUrl: string,
    readonly access: KafkaAccess,
    readonly kafka: Kafka,
  ) {}

  static async create(access: KafkaAccess = { brokers: testBrokers }): Promise<World> {
    const [journalDatabase, viewsDatabase] = await Promise.all([freshDatabase(), freshDatabase()]);
    const owner = makePool(journalDatabase.url, { max: 1 });
    const journal = makePool(journalDatabase.url, { role: 'litopys_app' });
    const views = makePool(viewsDatabase.url);
    const kafka = makeKafka({ ...access, clientId: 'test', logger: quiet });
    const world = new World(journalDatabase, owner, journal, views, viewsDatabase.url, access, kafka);
    world.closers.push(
      () => Promise.all([owner.end(), journal.end(), views.end()]),
      () => Promise.all([journalDatabase.drop(), viewsDatabase.drop()]),
    );
    return world;
  }

  /** Stops what runs, the newest first, then drops the databases. */
  async close(): Promise<void> {
    const [pools, databases, ...parts] = this.closers;
    for (const stop of parts.reverse()) await stop();
    await pools?.();
    await databases?.();
  }

  onClose(stop: () => Promise<unknown>): void {
    this.closers.push(stop);
  }

  startRelay(journal = this.journal): Relay {
    const relay = new Relay({ pool: journal, kafka: this.kafka, topic: this.topic, logger: this.logger });
    relay.start();
    this.onClose(() => relay.stop());
    return relay;
  }

  startReceiver(consumer: Partial<ConsumerConfig> = {}, groupId = this.groupId): ReceiverServer {
    const { views: pool, access, topic } = this;
    const onFatal = (error: Error): void => void this.said.push(`fatal: ${error.message}`);
    const server = new ReceiverServer({ ...access, pool, topic, groupId, consumer, onFatal, logger: this.logger });
    server.listen(() => undefined);
    this.onClose(() => server.close());
    return server;
  }

  /** Writes records to the topic past the relay, or to another. */
  async produce(messages: readonly Message[], topic = this.topic): Promise<void> {
    const producer = this.kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    await producer.send({ topic, messages: [...messages] });
    await producer.disconnect();
  }

  /** Appends `count` events of one stream, each with so many bytes of data. */
  async appendLarge(count: number, bytes: number): Promise<void> {
    const requests = Array.from({ length: count }, (_, index) => ({
      ...requestOf(index, 1),
      data: canonicalJson({ x: 'x'.repeat(bytes) }),
    }));
    await append(this.journal, requests);
  }

  /** Appends `count` events over `streams` streams, a thousand a call; answers the journal's last position. */
  async append(count: number, streams = 20, journal = this.journal): Promise<number> {
    for (let from = 0; from < count; from += 1_000) {
      const requests = Array.from({ length: Math.min(1_000, count - from) }, (_, index) =>
        requestOf(from + index, streams),
      );
      const refused = (await append(journal, requests)).find(({ verdict }) => verdict !== 'appended');
      if (refused) throw new Error(`not appended: ${JSON.stringify(refused)}`);
    }
    return (await feedHead(journal, 'journal')).position;
  }

  async untilReplicated(position: number, seconds?: number): Promise<void> {
    await eventually(
      `the replica has ${position}`,
      async () => (await feedHead(this.views, 'replica')).position >= position,
      seconds,
    );
  }

  /** A copy of the journal's database as it stands, under the same journal id: what a restored backup is. */
  async copyJournal(): Promise<RestoredJournal> {
    const original = new URL(this.journalDatabase.url);
    const name = original.pathname.slice(1);
    const copy = new URL(original);
    copy.pathname = `/${name}_restored`;
    await this.onServer(async (server) => {
      await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await server.query(`create database ${name}_restored template ${name}`);
    });
    const pool = makePool(copy.href, { role: 'litopys_app' });
    this.onClose(async () => {
      await pool.end();
      await this.onServer((server) => server.query(`drop database ${name}_restored with (force)`));
    });
    return { pool, rows: () => rowsOf(pool, 'journal') };
  }

  private async onServer(work: (server: Pool) => Promise<unknown>): Promise<void> {
    const url = new URL(this.journalDatabase.url);
    url.pathname = '/postgres';
    const server = makePool(url.href, { max: 1 });
    await work(server).finally(() => server.end());
  }

  async topicLength(): Promise<number> {
    const admin = this.kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(this.topic).finally(() => admin.disconnect());
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  }

  /** Ends every other session of a pool's database, as a restart of the server does. */
  async endSessions(pool: Pool): Promise<void> {
    const { rows } = await pool.query<{ name: string }>('select current_database() as name');
    await this.onServer((server) =>
      server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [rows[0]?.name]),
    );
  }

  /** Every row of a feed as text, all columns, above a gap too. */
  async rowsOf(feed: Feed): Promise<string[]> {
    return await rowsOf(feed === 'journal' ? this.journal : this.views, feed);
  }

  /** The promise of all: the replica is the journal, byte for byte, and sound to whoever verifies it. */
  async differences(): Promise<unknown> {
    const [journal, replica] = [await this.rowsOf('journal'), await this.rowsOf('replica')];
    const different = journal.filter((row, index) => row !== replica[index]).slice(0, 3);
    const { findings, events } = await verify(this.views, 'replica');
    const heads = [await feedHead(this.journal, 'journal'), await feedHead(this.views, 'replica')];
    const sameHead = JSON.stringify(heads[0]) === JSON.stringify(heads[1]);
    return {
      different,
      extra: replica.length - journal.length,
      findings,
      unverified: journal.length - events,
      sameHead,
    };
  }

  /** Its lines of warning and worse. */
  private readonly logger: LoggerService = {
    log: () => undefined,
    warn: (text: string) => void this.said.push(text),
    error: (text: string) => void this.said.push(text),
  };
}

/** What {@link World.differences} answers where there are none. */
export const NO_DIFFERENCE = { different: [], extra: 0, findings: [], unverified: 0, sameHead: true };

const quiet: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };
Logger.overrideLogger(['fatal']);

async function rowsOf(pool: Pool, feed: Feed): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(`select e::text as row from ${feed}.events e order by e.position`);
  return rows.map(({ row }) => row);
}

function requestOf(index: number, streams: number): AppendRequest {
  const stream = `pledge/stream-${index % streams}`;
  const type = 'litopys.pledge.announced.v1';
  const dataschema = 'urn:litopys:schema:pledge.announced:v1';
  const data = { n: index, title: `Допомога "${index}"\n\t\\`, text: 'є'.repeat(index % 200) };
  return {
    stream,
    source: 'urn:litopys:test',
    id: randomUUID(),
    fingerprint: fingerprintOf({ type, subject: stream, time: null, dataschema, dataText: canonicalJson(data) }),
    type,
    dataschema,
    time: index % 3 === 0 ? '2025-08-24T12:00:00.120Z' : null,
    knownSince: '2025-08-24',
    knownBasis: 'stated',
    actor: 'test',
    correlationId: index % 2 === 0 ? `c-${index}` : null,
    causationId: null,
    data: canonicalJson(data),
    expectedVersion: null,
  };
}

/** Waits until a condition holds. @throws when it does not within the time, naming it */
export async function eventually(what: string, holds: () => Promise<boolean> | boolean, seconds = 15): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
