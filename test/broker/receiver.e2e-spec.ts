import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Consumer } from 'kafkajs';
import { type ArrivedBatch, Receiver, receiveFromStart, toMessage } from '#libs/broker';
import { feedHead, type JournalRow } from '#libs/journal';
import { chainOf, plainSeeds } from '../support/chain.js';
import { readTopic } from './read-topic.js';
import { describeWithKafka } from '../support/kafka.js';
import { eventually, NO_DIFFERENCE, World } from './world.js';

const LONG = process.env['FAULTS'] === '1';
const EVENTS = LONG ? 20_000 : 2_000;

jest.setTimeout(120_000);

const THEIRS = '5f1d7a52-9a53-4f0e-8a55-6b9a2f0c2d11';

describeWithKafka('journal, topic, replica', () => {
  let world: World;
  beforeEach(async () => void (world = await World.create()));
  afterEach(() => world.close());

  const send = async (count: number, streams?: number): Promise<number> => {
    const relay = world.startRelay();
    const last = await world.append(count, streams);
    await eventually('all is sent', () => relay.health().position === last, 60);
    await relay.stop();
    return last;
  };

  it('make the replica the journal, byte for byte', async () => {
    const receiver = world.startReceiver();
    const relay = world.startRelay();
    const last = await world.append(EVENTS);
    await world.untilReplicated(last, 60);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    expect(relay.health()).toMatchObject({ state: 'running', position: last });
    await eventually('it knows', async () => (await receiver.receiverHealth()).head === last);
    expect(await receiver.receiverHealth()).toEqual({ state: 'running', head: last, gap: null });
  });

  it('change nothing when all is delivered anew, by lost commits, from the earliest, to another group', async () => {
    const last = await send(EVENTS);
    const first = world.startReceiver();
    await world.untilReplicated(last, 60);
    await first.close();
    const admin = world.kafka.admin();
    await admin.connect();
    await admin.deleteGroups([world.groupId]);
    await admin.disconnect();
    const again = world.startReceiver();
    const other = world.startReceiver({}, `${world.groupId}-other`);
    await eventually(
      'both are through',
      async () => (await lagOf(world.groupId)) === 0 && (await lagOf(`${world.groupId}-other`)) === 0,
      60,
    );
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    expect([again.health().state, other.health().state]).toEqual(['running', 'running']);
  });

  it('change nothing while receivers join and leave one group', async () => {
    const relay = world.startRelay();
    const first = world.startReceiver();
    const append = world.append(EVENTS);
    await eventually('the first receives', async () => (await feedHead(world.views, 'replica')).position > 0);
    const second = world.startReceiver();
    await eventually('the second has joined', () => second.health().state === 'running', 30);
    await world.append(200);
    await first.close();
    await world.append(200);
    await append;
    const { position: last } = await feedHead(world.journal, 'journal');
    await world.untilReplicated(last, 60);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    expect(relay.health().state).toBe('running');
  });

  it('change nothing when a zombie writes late', async () => {
    const last = await send(400);
    const zombie = new Receiver({
      pool: world.views,
      logger: { log: () => undefined, warn: () => undefined, error: () => undefined },
    });
    const early = await batchesOf(3);
    await zombie.take(early[0] as ArrivedBatch);
    world.startReceiver();
    await world.untilReplicated(last);
    for (const batch of [...early].reverse()) await zombie.take(batch);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
  });

  it('skip what is no event of ours, with a line in the log, and go on', async () => {
    await send(20);
    await world.produce([
      { key: 'pledge/stream-1', value: 'poison' },
      { key: null, value: null },
      {
        key: 'pledge/stream-2',
        value: '{}',
        headers: { ce_specversion: '1.0', ce_type: 'litopys.pledge.announced.v1' },
      },
    ]);
    const last = await send(20);
    const receiver = world.startReceiver();
    await world.untilReplicated(last);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    await eventually('its offsets are committed', async () => (await lagOf(world.groupId)) === 0);
    expect(receiver.health().state).toBe('running');
    expect(world.said.filter((text) => text.includes('no event of ours'))).toHaveLength(3);
  });

  it('tell a gap by position once it stands, and close it from the start of the topic', async () => {
    const last = await send(300);
    const batches = await batchesOf(4);
    let now = 0;
    const receiver = new Receiver({
      pool: world.views,
      logger: { log: () => undefined, warn: () => undefined, error: () => undefined },
      now: () => now,
    });
    for (const batch of batches.slice(1)) await receiver.take(batch);
    const missing = (await feedHead(world.views, 'replica')).position + 1;
    expect(missing).toBeLessThan(last);
    now = 30_001;
    expect(await receiver.health({ state: 'running' })).toMatchObject({
      state: 'running',
      gap: { position: missing, standsForMs: 30_001, mend: expect.stringContaining('litopys receive --from-start') },
    });
    const read: number[] = [];
    expect(
      await receiveFromStart({
        kafka: world.kafka,
        topic: world.topic,
        receiver,
        onProgress: (done, of) => read.push(done / of),
      }),
    ).toBe(300);
    expect(read.at(-1)).toBe(1);
    expect(await receiver.health({ state: 'running' })).toMatchObject({ head: last, gap: null });
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
  });

  it('stop by name at another journal’s record, which changes nothing and stays to be read', async () => {
    const last = await send(20);
    const receiver = world.startReceiver();
    await world.untilReplicated(last);
    await eventually('all is committed', async () => (await lagOf(world.groupId)) === 0);
    const before = await world.rowsOf('replica');
    const oneStream = Array.from({ length: 30 }, () => ({ stream: 'pledge/stream-one' }));
    await produceTheirs(chainOf(THEIRS, oneStream).slice(20));
    await eventually('it has stopped', () => receiver.health().state === 'stopped');
    expect(receiver.health()).toMatchObject({
      code: 'another-journal',
      mend: expect.stringContaining('KAFKA_TOPIC'),
    });
    await produceTheirs(chainOf(THEIRS, plainSeeds(30)).slice(20));
    const paused = () =>
      receiver
        .unwrap<Consumer>()
        .paused()
        .flatMap(({ partitions }) => partitions);
    await eventually('nothing else is read on', () => paused().length > 1);
    await receiver.close();
    const restarted = world.startReceiver();
    await eventually('it has stopped again', () => restarted.health().state === 'stopped', 30);
    await restarted.close();
    expect(await lagOf(world.groupId)).toBe(20);
    expect(await world.rowsOf('replica')).toEqual(before);
  });

  const produceTheirs = (rows: readonly JournalRow[]): Promise<void> =>
    world.produce(rows.map((row) => ({ ...toMessage(row, THEIRS) })));

  /** Records of the topic that a group has not committed. */
  async function lagOf(groupId: string): Promise<number> {
    const admin = world.kafka.admin();
    await admin.connect();
    try {
      const [committed] = await admin.fetchOffsets({ groupId, topics: [world.topic] });
      const ends = new Map(
        (await admin.fetchTopicOffsets(world.topic)).map(({ partition, high }) => [partition, Number(high)]),
      );
      const read = new Map(
        committed?.partitions.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]),
      );
      return [...ends].reduce((lag, [partition, high]) => lag + high - (read.get(partition) ?? 0), 0);
    } finally {
      await admin.disconnect();
    }
  }

  /** The topic in batches of its partitions, so that each holds a part of the positions. */
  async function batchesOf(count: number): Promise<ArrivedBatch[]> {
    const partitions = await readTopic(world.kafka, world.topic);
    return partitions.slice(0, count).map(({ partition, messages }) => ({ topic: world.topic, partition, messages }));
  }
});
