import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { feedHead, readFeed, verify } from '#libs/journal';
import { toMessage } from '#libs/broker';
import { describeWithKafka } from '../support/kafka.js';
import { eventually, NO_DIFFERENCE, type RestoredJournal, World } from './world.js';

jest.setTimeout(120_000);

/** A journal of 30 events that are all in the topic and in the replica, and a copy of it from when it had 20. */
describeWithKafka('law Restore: a journal restored from an older copy, with new appends on it', () => {
  let world: World;
  let restored: RestoredJournal;

  beforeEach(async () => {
    world = await World.create();
    const relay = world.startRelay();
    await world.append(20);
    await eventually('the first are sent', () => relay.health().position === 20);
    await relay.stop();
    restored = await world.copyJournal();
    const again = world.startRelay();
    await world.append(10);
    await eventually('the rest is sent', () => again.health().position === 30);
    await again.stop();
  });
  afterEach(() => world.close());

  it.each([
    [0, ['topic-ahead-of-journal']],
    [4, ['topic-ahead-of-journal', 'topic-knows-another-event']],
    [25, ['topic-knows-another-event']],
  ])('sends nothing: with %i new events the relay stops by name', async (fresh, codes) => {
    await world.append(fresh, 20, restored.pool);
    const relay = world.startRelay(restored.pool);
    await eventually('it has stopped', () => relay.health().state === 'stopped');
    expect(codes).toContain(relay.health().code);
    expect(relay.health()).toMatchObject({
      detail: expect.stringMatching(/position \d+/),
      mend: expect.stringMatching(/restore the newer copy.*a new KAFKA_TOPIC/i),
    });
    world.startReceiver();
    await world.untilReplicated(30);
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
    expect(await world.topicLength()).toBe(30);
  });

  it('and its records in the topic all the same: the receiver stops by name, the replica stays the old journal', async () => {
    const receiver = world.startReceiver();
    await world.untilReplicated(30);
    await world.append(25, 20, restored.pool);
    await sendPastTheRelay(20);
    await eventually('the receiver has stopped', () => receiver.health().state === 'stopped');
    expect(receiver.health()).toMatchObject({
      code: 'another-event',
      mend: expect.stringMatching(/restore the newer copy.*a new KAFKA_TOPIC/i),
    });
    expect(await world.differences()).toEqual(NO_DIFFERENCE);
  });

  it('and its records in the topic before a new replica has read any: it stops by name on what is one journal', async () => {
    await world.append(25, 20, restored.pool);
    await sendPastTheRelay(20);
    const receiver = world.startReceiver();
    await eventually('the receiver has stopped', () => receiver.health().state === 'stopped');
    expect(['another-event', 'broken-chain']).toContain(receiver.health().code);
    expect((await verify(world.views, 'replica')).findings).toEqual([]);
    const { position } = await feedHead(world.views, 'replica');
    const rows = (await world.rowsOf('replica')).slice(0, position);
    const either = [(await world.rowsOf('journal')).slice(0, position), (await restored.rows()).slice(0, position)];
    expect(either).toContainEqual(rows);
  });

  async function sendPastTheRelay(after: number): Promise<void> {
    const { journalId } = await feedHead(restored.pool, 'journal');
    const rows = await readFeed(restored.pool, 'journal', { after, limit: 100 });
    await world.produce(rows.map((row) => ({ ...toMessage(row, journalId ?? '') })));
  }
});
