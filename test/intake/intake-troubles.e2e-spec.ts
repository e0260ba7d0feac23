import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type Assigner, type Consumer, type PartitionAssigner, PartitionAssigners } from 'kafkajs';
import { startKafka } from '../../tools/kafka/local-kafka.js';
import { startCuttingProxy } from '../support/cutting-proxy.js';
import { announced } from '../support/domain/commands.js';
import { eventually } from '../support/eventually.js';
import { describeWithKafka } from '../support/kafka.js';
import { makeCourse, missesOf, NONE_MISSED } from './course.js';
import { eventOf, structured } from './events.js';
import { healthOf, IntakeWorld } from './intake-world.js';
import { spawnProducer } from './producer-process.js';

const LONG = process.env['FAULTS'] === '1';
jest.setTimeout(LONG ? 900_000 : 180_000);

/** A member that does not agree how the group shares partitions: whoever comes with another way is refused. */
async function joinStrangely(world: IntakeWorld): Promise<Consumer> {
  const strange: PartitionAssigner = (config): Assigner => ({
    ...PartitionAssigners.roundRobin(config),
    name: 'strange',
  });
  const groupId = `${world.intakeTopic}.producers`;
  const consumer = world.kafka.consumer({ groupId, partitionAssigners: [strange], maxWaitTimeInMs: 100 });
  world.onClose(() => consumer.disconnect());
  const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve));
  await consumer.connect();
  await consumer.subscribe({ topic: world.intakeTopic });
  await consumer.run({ autoCommit: false, eachBatch: async (payload) => void payload.pause() });
  await joined;
  return consumer;
}

describeWithKafka('the intake, when things go wrong', () => {
  let world: IntakeWorld;
  beforeEach(async () => void (world = await IntakeWorld.create()));
  afterEach(() => world.close());

  const untilSome = (count: number): Promise<number> =>
    eventually(
      () => world.count(),
      (events) => events >= count,
      60,
    );

  it('passes thousands of records of which each 7th is poison', async () => {
    await world.startProducer();
    const course = makeCourse('poison', LONG ? 10_000 : 3_500, 100);
    await world.send(course.messages);
    await world.untilTaken(120);
    expect(await missesOf(world, course)).toEqual(NONE_MISSED);
    expect(await world.refusals()).toHaveLength(course.poison.length);
  });

  it('loses and doubles nothing while producers join and leave', async () => {
    const first = await world.startProducer();
    const course = makeCourse('joining', LONG ? 20_000 : 3_000, 100);
    const sending = world.send(course.messages, 200);
    await untilSome(100);
    const second = await world.startProducer();
    const third = await world.startProducer();
    await first.close();
    await sending;
    await second.close();
    await world.untilTaken(120);
    expect(await missesOf(world, course)).toEqual(NONE_MISSED);
    await eventually(
      () => healthOf(third.url),
      ({ standing: { intake } = {} }) => intake?.assigned === 4 && intake.lag === 0 && intake.state === 'running',
    );
  });

  it('loses and doubles nothing when its process is killed in the middle', async () => {
    const first = await spawnProducer(world);
    await world.untilTopics();
    const course = makeCourse('killed', LONG ? 20_000 : 3_000, 100);
    await world.send(course.messages);
    let running = first;
    const kills = LONG ? 8 : 1;
    for (let killed = 1; killed <= kills; killed += 1) {
      await untilSome((course.messages.length * killed) / (kills + 3));
      await running.end('SIGKILL');
      expect(await world.lag()).toBeGreaterThan(0);
      running = await spawnProducer(world);
    }
    await world.untilTaken(240);
    expect(await missesOf(world, course)).toEqual(NONE_MISSED);
    expect(await running.end('SIGTERM')).toBe(0);
  });

  it('refuses nothing and keeps its place while the database is away', async () => {
    const proxy = await startCuttingProxy(world.journal.url);
    world.onClose(() => proxy.close());
    const { url } = await world.startProducer(undefined, proxy.url);
    const course = makeCourse('away', 2_000, 50);
    await world.send(course.messages);
    await untilSome(100);
    proxy.setAway(true);
    const waiting = await eventually(
      () => healthOf(url),
      ({ reasons }) => reasons.some(({ check }) => check === 'intake'),
    );
    expect(waiting.standing?.intake).toMatchObject({ state: 'waiting', assigned: 4 });
    expect(waiting.standing?.intake?.lag).toBeGreaterThan(0);
    const before = proxy.notTaken();
    await eventually(
      () => proxy.notTaken() - before,
      (tries) => tries > (LONG ? 400 : 50),
      120,
    );
    proxy.setAway(false);
    await world.untilTaken(120);
    expect(await missesOf(world, course)).toEqual(NONE_MISSED);
    expect(await healthOf(url)).toMatchObject({ status: 'ready' });
  });
});

describeWithKafka('a producer whose intake cannot join its group', () => {
  it('goes on over HTTP, says why, and joins as soon as it can', async () => {
    const world = await IntakeWorld.create();
    try {
      const first = await world.startProducer();
      await first.close();
      const stranger = await joinStrangely(world);
      const producer = await world.startProducer(undefined, undefined, 'waiting');
      await world.send([structured(eventOf(announced(), 'by-topic', 'pledge/by-topic'))]);
      const { body } = await producer.post('/v1/events', eventOf(announced(), 'by-http', 'pledge/by-http'));
      expect(body).toMatchObject({ position: 1 });
      const { status, reasons } = await healthOf(producer.url);
      expect(status).toBe('degraded');
      expect(reasons).toEqual([
        expect.objectContaining({ check: 'intake', code: 'waiting', detail: expect.any(String) }),
      ]);
      await stranger.disconnect();
      await world.untilTaken();
      expect((await world.events()).map(({ id }) => id)).toEqual(['by-http', 'by-topic']);
    } finally {
      await world.close();
    }
  });
});

describeWithKafka('the intake, and its broker', () => {
  it('goes on where it was when the broker is killed and comes back', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'litopys-kafka-'));
    const broker = await startKafka({ dir });
    const world = await IntakeWorld.create([broker.brokers]);
    try {
      const { url } = await world.startProducer();
      const course = makeCourse('broker', LONG ? 20_000 : 3_000, 100);
      await world.send(course.messages);
      await eventually(
        () => world.count(),
        (events) => events > 100,
      );
      await broker.kill();
      await eventually(
        () => healthOf(url),
        ({ status, standing }) => status === 'degraded' && standing?.intake?.state === 'waiting',
        60,
      );
      await broker.restart();
      await world.untilTaken(120);
      expect(await missesOf(world, course)).toEqual(NONE_MISSED);
    } finally {
      await world.close();
      await broker.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
