import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { fromMessage } from '#libs/broker';
import { readTopic } from './read-topic.js';
import { spawnRelay } from './app-process.js';
import { describeWithKafka } from '../support/kafka.js';
import { eventually, NO_DIFFERENCE, World } from './world.js';

const LONG = process.env['FAULTS'] === '1';
jest.setTimeout(LONG ? 600_000 : 120_000);

describeWithKafka('the relay’s process', () => {
  let world: World;
  beforeEach(async () => void (world = await World.create()));
  afterEach(() => world.close());

  const progress = async (): Promise<number> => {
    const { rows } = await world.owner.query<{ position: number }>(
      'select position from journal.relay_progress where topic = $1',
      [world.topic],
    );
    return rows[0]?.position ?? 0;
  };

  it('skips nothing when it is killed in the middle and another goes on; told to end, it ends with 0', async () => {
    const total = await world.append(LONG ? 40_000 : 8_000);
    world.startReceiver();
    for (let killed = 0; killed < (LONG ? 12 : 1); killed += 1) {
      const before = await progress();
      const relay = await spawnRelay(world);
      await eventually('it is at work', async () => (await progress()) > before, 60);
      await relay.end('SIGKILL');
      if (!LONG) expect(await progress()).toBeLessThan(total);
    }
    const last = await spawnRelay(world);
    await world.untilReplicated(total, 120);
    expect((await last.ready()).status).toBe(200);
    expect(await last.end('SIGTERM')).toBe(0);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    for (const { messages } of await readTopic(world.kafka, world.topic))
      expect(isRepeatedButOrdered(messages.map(fromMessage))).toBe(true);
  });

  it('stays up, not ready, and says code and mend when it has stopped by name', async () => {
    const admin = world.kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: world.topic, numPartitions: 1 }] });
    await admin.disconnect();
    const relay = await spawnRelay(world);
    const stopped = {
      check: 'relay',
      code: 'topic-loses-events',
      detail: expect.any(String),
      mend: expect.any(String),
    };
    await eventually(
      'it has stopped',
      async () => JSON.stringify((await relay.ready()).body).includes(stopped.code),
      60,
    );
    expect(await relay.ready()).toEqual({ status: 503, body: { status: 'not-ready', reasons: [stopped] } });
    expect(relay.child.exitCode).toBeNull();
  });

  /** Each position that is new comes after all that were new before it: what a consumer needs to hold the order. */
  function isRepeatedButOrdered(arrived: ReturnType<typeof fromMessage>[]): boolean {
    let last = 0;
    const seen = new Set<number>();
    for (const one of arrived) {
      if (one.kind !== 'event') return false;
      const { position } = one.row;
      if (position <= last && !seen.has(position)) return false;
      seen.add(position);
      last = Math.max(last, position);
    }
    return true;
  }
});
