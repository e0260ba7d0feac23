import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ensureTopic, fromMessage, republish } from '#libs/broker';
import { feedHead, readFeed } from '#libs/journal';
import { readTopic } from './read-topic.js';
import { describeWithKafka } from '../support/kafka.js';
import { eventually, World } from './world.js';

jest.setTimeout(120_000);

describeWithKafka('the relay', () => {
  let world: World;
  beforeEach(async () => void (world = await World.create()));
  afterEach(() => world.close());

  it('copies the journal to the topic, each row as it is, each stream in its order', async () => {
    const relay = world.startRelay();
    const last = await world.append(2_500);
    await eventually('all is sent', () => relay.health().position === last);
    const partitions = await readTopic(world.kafka, world.topic);
    const events = partitions
      .flatMap(({ messages }) => messages.map(fromMessage))
      .filter((one) => one.kind === 'event');
    const rows = await readFeed(world.journal, 'journal', { after: 0, limit: 10_000 });
    expect(events.map(({ row }) => row).sort((a, b) => a.position - b.position)).toEqual(rows);
    expect(new Set(events.map(({ journalId }) => journalId))).toEqual(
      new Set([(await feedHead(world.journal, 'journal')).journalId]),
    );
    for (const { messages } of partitions) {
      const positions = messages.map(({ headers }) => Number(headers?.['ce_position']));
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    }
    expect(partitions.filter(({ messages }) => messages.length > 0)).toHaveLength(4);
  });

  it('sends what is appended at once, and goes on where it was after a stop', async () => {
    const first = world.startRelay();
    await world.append(10);
    await eventually('the first are sent', () => first.health().position === 10);
    await first.stop();
    await world.append(10);
    const second = world.startRelay();
    await eventually('the rest is sent', () => second.health().position === 20);
    expect(await countRecords()).toBe(20);
  });

  it('works once, however many stand by; when the lock’s session ends another takes over and nothing is skipped', async () => {
    const relays = [world.startRelay(), world.startRelay(), world.startRelay()];
    const states = () => relays.map((relay) => relay.health().state).sort();
    await eventually('one works', () => states().join() === 'running,standby,standby');
    await world.append(50);
    await eventually('its work is done', () => relays.some((relay) => relay.health().position === 50));
    const { rowCount } = await world.owner.query(KILL_LOCK_HOLDER);
    expect(rowCount).toBe(1);
    await world.append(50);
    await eventually('the next works', () => relays.some((relay) => relay.health().position === 100));
    await eventually('one works again', () => states().join() === 'running,standby,standby');
    expect(await countRecords()).toBeGreaterThanOrEqual(100);
    expect(new Set(await positionsInTopic()).size).toBe(100);
  });

  it('sends everything again when told to republish', async () => {
    const relay = world.startRelay();
    await world.append(30);
    await eventually('all is sent', () => relay.health().position === 30);
    await republish(world.journal, world.topic);
    await world.append(1);
    await eventually('all is sent again', async () => (await countRecords()) >= 61 && relay.health().position === 31);
    expect(new Set(await positionsInTopic()).size).toBe(31);
  });

  it('sends what is larger than one batch in several', async () => {
    const relay = world.startRelay();
    await world.append(60, 1);
    // One stream, one partition, 60 events of 100 KB: six times what a broker takes at once.
    await world.appendLarge(60, 100_000);
    await eventually('all is sent', () => relay.health().position === 120);
    expect(await countRecords()).toBe(120);
  });

  it.each([
    [
      'that compacts',
      [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'retention.ms', value: '-1' },
      ],
      /cleanup.policy is compact/,
    ],
    ['that forgets', [], /retention.ms is 604800000/],
    [
      'that takes no large event',
      [
        { name: 'max.message.bytes', value: '1000' },
        { name: 'retention.ms', value: '-1' },
      ],
      /max.message.bytes is 1000/,
    ],
  ])('refuses a topic %s, by name', async (_what, configEntries, detail) => {
    const admin = world.kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: world.topic, configEntries }] });
    await admin.disconnect();
    const relay = world.startRelay();
    await eventually('it has stopped', () => relay.health().state === 'stopped');
    expect(relay.health()).toMatchObject({
      code: 'topic-loses-events',
      detail: expect.stringMatching(detail),
      mend: expect.any(String),
      position: 0,
    });
  });

  it('takes a topic that is there with the partitions that it has', async () => {
    const admin = world.kafka.admin();
    await admin.connect();
    expect((await ensureTopic(admin, world.topic, 2)).partitions).toBe(2);
    expect((await ensureTopic(admin, world.topic, 9)).partitions).toBe(2);
    await admin.disconnect();
  });

  it('goes on behind records that are no events of ours', async () => {
    const first = world.startRelay();
    await world.append(5);
    await eventually('the first are sent', () => first.health().position === 5);
    await first.stop();
    await world.produce([
      { key: 'x', value: 'poison' },
      { key: null, value: null },
    ]);
    await world.append(5);
    const second = world.startRelay();
    await eventually('the rest is sent', () => second.health().position === 10);
  });

  const positionsInTopic = async (): Promise<number[]> =>
    (await readTopic(world.kafka, world.topic)).flatMap(({ messages }) =>
      messages.map(({ headers }) => Number(headers?.['ce_position'])),
    );
  const countRecords = async (): Promise<number> => (await positionsInTopic()).length;
});

const KILL_LOCK_HOLDER = `select pg_terminate_backend(pid) from pg_locks
  where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`;
