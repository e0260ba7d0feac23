import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { CloudEvent, Kafka, type CloudEventV1, type KafkaMessage as SdkMessage } from 'cloudevents';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { Relay } from '#libs/broker';
import { readTopic } from '../broker/read-topic.js';
import { IntakeWorld } from '../intake/intake-world.js';
import { openingOf } from '../support/domain/bodies.js';
import { eventually } from '../support/eventually.js';
import { describeWithKafka, uniqueName } from '../support/kafka.js';

jest.setTimeout(120_000);

const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };

const attributesOf = (slug: string) => ({
  id: `${slug} № 1 "100%"`,
  source: 'urn:litopys:test:kafka',
  type: 'litopys.pledge.announced.v1',
  subject: `pledge/${slug}`,
  partitionkey: `pledge/${slug}`,
  time: '2025-06-17T12:00:00.123Z',
});

const eventOf = (slug: string) => new CloudEvent({ ...attributesOf(slug), data: openingOf(slug) });

/** What the SDK gives, as kafkajs takes it: it leaves the data as an object, and headers that are not set undefined. */
const toRecord = ({ key, value, headers }: SdkMessage<unknown>) => ({
  key: String(key),
  value: typeof value === 'string' ? value : JSON.stringify(value),
  headers: Object.fromEntries(Object.entries(headers).filter(([, one]) => one !== undefined)) as IHeaders,
});

/** What kafkajs gives, as the SDK takes it: headers as text. */
const fromRecord = ({ key, value, headers = {} }: KafkaMessage): SdkMessage<string> => ({
  key: key?.toString() ?? '',
  value: value?.toString() ?? '',
  body: value?.toString() ?? '',
  headers: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, String(one)])),
});

describeWithKafka('the official JavaScript SDK, over Kafka', () => {
  let world: IntakeWorld;
  beforeEach(async () => void (world = await IntakeWorld.create()));
  afterEach(() => world.close());

  async function relayed(count: number): Promise<KafkaMessage[]> {
    const topic = uniqueName('events');
    const relay = new Relay({ pool: world.journal.app, kafka: world.kafka, topic, logger: quiet });
    relay.start();
    world.onClose(() => relay.stop());
    // Until the relay has made it there is no topic.
    const read = () => readTopic(world.kafka, topic).catch(() => []);
    const partitions = await eventually(
      read,
      (all) => all.reduce((sum, { messages }) => sum + messages.length, 0) === count,
      60,
    );
    return partitions.flatMap(({ messages }) => messages);
  }

  it('sends to the intake in either mode what stands once, and reads what the relay publishes as it was sent', async () => {
    await world.startProducer();
    const told = ['binary', 'structured'].map(eventOf) as [CloudEvent<object>, CloudEvent<object>];
    await world.send([
      toRecord(Kafka.binary(told[0])),
      toRecord(Kafka.structured(told[1])),
      toRecord(Kafka.structured(told[0])),
      toRecord(Kafka.binary(told[1])),
    ]);
    await world.untilTaken();
    expect(await world.refusals()).toEqual([]);
    const records = await relayed(2);
    const read = records.map((record) => Kafka.toEvent(fromRecord(record)) as CloudEventV1<object>);
    for (const event of told) {
      const found = read.find(({ id }) => id === event.id);
      const { specversion, id, source, type, subject, partitionkey, time, data } = event;
      const sent = { specversion, id, source, type, subject, partitionkey, time, data };
      expect(found).toMatchObject({ ...sent, datacontenttype: 'application/json', sequence: '1' });
      expect(new CloudEvent({ ...found }).validate()).toBe(true);
    }
  });
});
