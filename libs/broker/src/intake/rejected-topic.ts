import type { Kafka } from 'kafkajs';
import { Sender } from '../relay/sender.js';
import { ensureTopic, REJECTED_TOPIC, type Topic } from '../topic.js';
import type { Place, Refused } from './refusal.js';
import { loadsOf, toRejected } from './rejected-records.js';

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
