import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type Assigner, type Consumer, type PartitionAssigner, PartitionAssigners } from 'kafkajs';
import { describeWithKafka } from '../support/kafka.js';
import { runReceiverAlone } from './receiver-process.js';
import { eventually, NO_DIFFERENCE, World } from './world.js';

const LONG = process.env['FAULTS'] === '1';
jest.setTimeout(120_000);

/** A group whose members do not agree how to share partitions refuses whoever comes with another way. */
const strangeAssigner: PartitionAssigner = (config): Assigner => ({
  ...PartitionAssigners.roundRobin(config),
  name: 'strange',
});

describeWithKafka('receivers, when something is away', () => {
  let world: World;
  beforeEach(async () => void (world = await World.create()));
  afterEach(() => world.close());

  const send = async (count: number): Promise<number> => {
    const relay = world.startRelay();
    const last = await world.append(count);
    await eventually('all is sent', () => relay.health().position === last);
    await relay.stop();
    return last;
  };

  it('wait for a topic that is not there yet', async () => {
    const receiver = world.startReceiver();
    await eventually('it waits', () => receiver.health().state === 'waiting', 30);
    expect(receiver.health().detail).toContain(world.topic);
    const last = await send(10);
    await world.untilReplicated(last, 30);
  });

  it('keep the session and lose nothing while the database is away', async () => {
    const last = await send(500);
    await world.views.query('alter table replica.events rename to away');
    const receiver = world.startReceiver({ sessionTimeout: 6_000, heartbeatInterval: 500 });
    await eventually('it waits', () => receiver.health().state === 'waiting', 30);
    let joins = 0;
    receiver.unwrap<Consumer>().on('consumer.group_join', () => (joins += 1));
    expect(receiver.health().detail).toMatch(/replica.events/);
    const tries = LONG ? 60 : 6;
    await eventually(
      'it has tried again',
      () => world.said.filter((text) => text.includes('is held back')).length >= tries,
      60,
    );
    await world.views.query('alter table replica.away rename to events');
    await world.untilReplicated(last, 30);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    expect(joins).toBe(0);
    await eventually('it runs', () => receiver.health().state === 'running');
  });

  it('outlive the end of all their database sessions', async () => {
    const relay = world.startRelay();
    world.startReceiver();
    await world.append(100);
    await world.untilReplicated(100, 30);
    await Promise.all([world.endSessions(world.journal), world.endSessions(world.views)]);
    const last = await world.append(100);
    await world.untilReplicated(last, 30);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    await eventually('the relay runs', () => relay.health().state === 'running');
  });

  it('end their process with a code other than 0 when the consumer is dead for good', async () => {
    await send(1);
    const stranger = world.kafka.consumer({
      groupId: world.groupId,
      partitionAssigners: [strangeAssigner],
      maxWaitTimeInMs: 100,
    });
    world.onClose(() => stranger.disconnect());
    await stranger.connect();
    await stranger.subscribe({ topic: world.topic });
    await stranger.run({ eachMessage: async () => undefined });
    const { code, errors } = await runReceiverAlone(world);
    expect(errors).toMatch(/kafkajs will not restart it/);
    expect(code).toBe(1);
  });
});
