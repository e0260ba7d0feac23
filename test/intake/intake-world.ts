import type { Kafka, Message } from 'kafkajs';
import { makeKafka, type Refusal } from '#libs/broker';
import type { ContextName } from '#libs/contracts';
import { feedHead, type JournalRow, readFeed } from '#libs/journal';
import { freshJournal, type TestJournal } from '../support/journal.js';
import { eventually } from '../support/eventually.js';
import { brokers as testBrokers, uniqueName } from '../support/kafka.js';
import { startProducer, type TestProducer } from '../support/producers.js';
import { readTopic } from '../broker/read-topic.js';
import { sendRecords } from './send-records.js';

const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };

/** A journal, an intake and a topic of refusals of a test's own, and the producers between them. */
export class IntakeWorld {
  readonly intakeTopic = uniqueName('intake');
  readonly rejectedTopic = uniqueName('rejected');
  readonly kafka: Kafka;
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly journal: TestJournal,
    readonly brokers: readonly string[],
  ) {
    this.kafka = makeKafka({ brokers, clientId: 'test', logger: quiet });
  }

  static async create(brokers: readonly string[] = testBrokers): Promise<IntakeWorld> {
    return new IntakeWorld(await freshJournal(), brokers);
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
    await this.journal.close();
  }

  onClose(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** A producer that serves the intake, whose intake has come to stand so: `running` when it has joined the group. */
  async startProducer(
    contexts?: readonly ContextName[],
    journalUrl = this.journal.url,
    state = 'running',
  ): Promise<TestProducer> {
    const { brokers, intakeTopic, rejectedTopic } = this;
    const producer = await startProducer(journalUrl, contexts, { kafka: { brokers }, intakeTopic, rejectedTopic });
    this.onClose(() => producer.close());
    await eventually(
      () => healthOf(producer.url),
      ({ standing }) => standing?.intake?.state === state,
      30,
    );
    return producer;
  }

  /** Waits until a producer, wherever it runs, has made the topics. */
  async untilTopics(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    await eventually(
      () => admin.listTopics(),
      (topics) => topics.includes(this.intakeTopic) && topics.includes(this.rejectedTopic),
      60,
    ).finally(() => admin.disconnect());
  }

  /** Writes records to the intake, as anybody does, so many in one send. */
  async send(messages: readonly Message[], atOnce?: number): Promise<void> {
    await sendRecords(this.kafka, this.intakeTopic, messages, atOnce);
  }

  /** Records of the intake that are not committed. */
  async lag(): Promise<number> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const { intakeTopic: topic } = this;
      const [committed] = await admin.fetchOffsets({ groupId: `${topic}.producers`, topics: [topic] });
      const read = new Map(committed?.partitions.map((one) => [one.partition, Math.max(0, Number(one.offset))]));
      const ends = await admin.fetchTopicOffsets(topic);
      return ends.reduce((lag, { partition, high }) => lag + Number(high) - (read.get(partition) ?? 0), 0);
    } finally {
      await admin.disconnect();
    }
  }

  /** Waits until every record has its verdict, and is committed. */
  async untilTaken(seconds = 60): Promise<void> {
    await eventually(
      // A broker that is starting answers with errors of its own.
      () => this.lag().catch((error: Error) => error.message),
      (lag) => lag === 0,
      seconds,
    );
  }

  /** How many events the journal has. */
  async count(): Promise<number> {
    return (await feedHead(this.journal.app, 'journal')).position;
  }

  /** All that the journal has, in its order. */
  async events(): Promise<JournalRow[]> {
    return await readFeed(this.journal.app, 'journal', { after: 0, limit: 1_000_000 });
  }

  /** All that stands on the topic of refusals. */
  async refusals(): Promise<Refusal[]> {
    const partitions = await readTopic(this.kafka, this.rejectedTopic);
    return partitions
      .flatMap(({ messages }) => messages)
      .map(({ value }) => JSON.parse(value?.toString() ?? 'null') as Refusal);
  }
}

export interface Health {
  readonly status: string;
  readonly reasons: readonly { readonly check: string; readonly code: string; readonly detail: string }[];
  readonly standing?: { readonly intake?: { readonly state: string; readonly assigned: number; readonly lag: number } };
}

export async function healthOf(url: string): Promise<Health> {
  return (await (await fetch(`${url}/health/ready`)).json()) as Health;
}
