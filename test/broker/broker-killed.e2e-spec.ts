import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, jest } from '@jest/globals';
import type { ReceiverServer, Relay } from '#libs/broker';
import { feedHead } from '#libs/journal';
import { type LocalKafka, startKafka } from '../../tools/kafka/local-kafka.js';
import { describeWithKafka } from '../support/kafka.js';
import { eventually, NO_DIFFERENCE, World } from './world.js';

const LONG = process.env['FAULTS'] === '1';
jest.setTimeout(LONG ? 600_000 : 120_000);

/** Whoever is told to stop does, although what is under way can neither be sent nor committed. */
async function expectToStopWithoutBroker(
  world: World,
  broker: LocalKafka,
  ...parts: [Relay, ReceiverServer]
): Promise<void> {
  await broker.kill();
  await world.append(10);
  const begun = performance.now();
  await Promise.all([parts[0].stop(), parts[1].close()]);
  expect(performance.now() - begun).toBeLessThan(20_000);
}

describeWithKafka('a broker', () => {
  it('that is killed and comes back costs nothing', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'litopys-kafka-'));
    const broker = await startKafka({ dir });
    const world = await World.create({ brokers: [broker.brokers] });
    try {
      const receiver = world.startReceiver();
      const relay = world.startRelay();
      for (let killed = 0; killed < (LONG ? 5 : 1); killed += 1) {
        const before = (await feedHead(world.views, 'replica')).position;
        const appending = world.append(LONG ? 10_000 : 3_000);
        await eventually('it is under way', async () => (await feedHead(world.views, 'replica')).position > before, 60);
        await broker.kill();
        await appending;
        await broker.restart();
        await world.append(10);
      }
      const { position } = await feedHead(world.journal, 'journal');
      await world.untilReplicated(position, 120);
      expect(await world.differences()).toEqual(NO_DIFFERENCE);
      await eventually('the relay is at work', () => relay.health().state === 'running');
      if (LONG) await expectToStopWithoutBroker(world, broker, relay, receiver);
    } finally {
      await world.close();
      await broker.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
