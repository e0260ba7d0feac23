import type { Kafka, Message } from 'kafkajs';
import { partitionOf, type Load } from '../relay/load.js';
import { Sender } from '../relay/sender.js';
import { BATCH_BYTES, ensureTopic, REJECTED_TOPIC, type Topic } from '../topic.js';
import { type Place, type Refused, refusalId, tellRefusal } from './refusal.js';

/** Kafka's own bytes about a batch, a record and its headers, at most. Source: record format v2. */
const OVERHEAD = 1_000;
/** A key that is larger than any of ours is not worth carrying twice. */
const KEY_BYTES = 1_024;

interface Rejected extends Message {
  readonly partition: number;
  readonly value: string;
}

/**
 * The topic that gets what the intake refuses: CloudEvents in binary mode, keyed as the refused records were. A send is
 * acknowledged by all replicas before the next begins, whatever partition of the intake it is for.
 */
export class RejectedTopic {
  private sender: Sender | null = null;
  private known: Topic | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
  ) {}

  /** Makes sure that the topic is there. @throws StopError where it would lose refusals */
  async prepare(): Promise<Topic> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      return (this.known = await ensureTopic(admin, this.topic, undefined, REJECTED_TOPIC));
    } finally {
      await admin.disconnect();
    }
  }

  /** Resolves when every refusal has been acknowledged; when it rejects any of them may stand there all the same. */
  async publish(place: Place, refused: readonly Refused[]): Promise<void> {
    const sending = this.turn.then(() => this.send(place, refused));
    this.turn = sending.catch(() => undefined);
    await sending;
  }

  /** A send under way fails at once; the batch that it belongs to is not committed, and comes again. */
  giveUp(reason: string): void {
    this.sender?.giveUp(reason);
  }

  async close(): Promise<void> {
    await this.turn;
    await this.sender?.close();
    this.sender = null;
  }

  private async send(place: Place, refused: readonly Refused[]): Promise<void> {
    const topic = this.known ?? (await this.prepare());
    const records = refused.map((one) => toRejected(place, one, topic));
    const isNew = this.sender === null;
    const sender = (this.sender ??= new Sender(this.kafka, this.topic));
    try {
      if (isNew) await sender.connect();
      for (const load of loadsOf(records)) await sender.send(load);
    } catch (error) {
      // Another producer, and the topic as it stands by then: somebody may have changed it.
      this.sender = null;
      this.known = null;
      await sender.close();
      throw error;
    }
  }
}

function toRejected(place: Place, refused: Refused, { partitions, maxBytes }: Topic): Rejected {
  const { key: given, offset } = refused.message;
  const key = given !== null && given.length <= KEY_BYTES ? given : null;
  const whole = JSON.stringify(tellRefusal(place, refused, true));
  const fits = Buffer.byteLength(whole) + KEY_BYTES + OVERHEAD <= maxBytes;
  return {
    key,
    value: fits ? whole : JSON.stringify(tellRefusal(place, refused, false)),
    partition: key === null ? place.partition % partitions : partitionOf(key, partitions),
    headers: {
      ce_specversion: '1.0',
      ce_id: refusalId(place, offset),
      ce_source: `urn:litopys:intake:${place.topic}`,
      ce_type: 'litopys.intake.rejected.v1',
      'content-type': 'application/problem+json',
    },
  };
}

/** One after another, no more in one than a broker takes in a batch; a record that is larger goes alone. */
function* loadsOf(records: readonly Rejected[]): Generator<Load> {
  let messages: Rejected[] = [];
  let bytes = 0;
  const load = (): Load => ({ messages, partitions: new Set(messages.map(({ partition }) => partition)), upTo: 0 });
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + KEY_BYTES + OVERHEAD;
    if (messages.length > 0 && bytes + size > BATCH_BYTES) {
      yield load();
      [messages, bytes] = [[], 0];
    }
    messages.push(record);
    bytes += size;
  }
  if (messages.length > 0) yield load();
}
