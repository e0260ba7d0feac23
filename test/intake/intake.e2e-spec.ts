import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Message } from 'kafkajs';
import { announced, corrected, held, issued, restated } from '../support/domain/commands.js';
import { describeWithKafka } from '../support/kafka.js';
import { binary, eventOf, SOURCE, structured } from './events.js';
import { healthOf, IntakeWorld } from './intake-world.js';

jest.setTimeout(120_000);

describeWithKafka('the intake', () => {
  let world: IntakeWorld;
  beforeEach(async () => void (world = await IntakeWorld.create()));
  afterEach(() => world.close());

  it('takes events of any context, in either mode, whatever routes the process has, in the order of their streams', async () => {
    const { url } = await world.startProducer(['agreements']);
    const opening = eventOf(announced(), 'p-1', 'pledge/one');
    const again = Array.from({ length: 20 }, (_, index) => eventOf(restated(), `p-1-${index}`, 'pledge/one'));
    const whole = eventOf(issued(), 's-1', 'statement/one');
    await world.send([
      structured(opening),
      ...again.map((event, index) => (index % 2 ? structured(event) : binary(event))),
      binary(eventOf(held(), 'e-1', 'engagement/one')),
      // A key is for the order of the topic; the order of a stream needs none.
      { ...structured(whole), key: null },
    ]);
    await world.untilTaken();
    const events = await world.events();
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set(['p-1', 'e-1', 's-1', ...again.map(({ id }) => id)]));
    expect(events.filter(({ stream }) => stream === 'pledge/one').map(({ id }) => id)).toEqual([
      'p-1',
      ...again.map(({ id }) => id),
    ]);
    expect(events[0]).toMatchObject({ source: SOURCE, actor: `urn:litopys:intake:${world.intakeTopic}` });
    expect(await world.refusals()).toEqual([]);
    expect(await healthOf(url)).toEqual({
      status: 'ready',
      reasons: [],
      standing: { intake: { state: 'running', assigned: 4, lag: 0 } },
    });
  });

  it('takes an event once, however often and whichever way it comes', async () => {
    const producer = await world.startProducer();
    const event = eventOf(announced(), 'p-1', 'pledge/one');
    expect((await producer.post('/v1/events', event)).status).toBe(201);
    await world.send([structured(event), binary(event), binary(event), structured(event)]);
    await world.untilTaken();
    expect((await world.events()).map(({ id }) => id)).toEqual(['p-1']);
    expect(await world.refusals()).toEqual([]);
  });

  const good = eventOf(announced(), 'good', 'pledge/good');
  const whole = { 'content-type': 'application/cloudevents+json' };
  const kinds: [string, Message, Record<string, unknown>][] = [
    ['a tombstone', { key: 'pledge/good', value: null }, { rule: 'no-event', field: '' }],
    ['a tombstone with headers', { ...binary(good), value: null }, { rule: 'required', field: '' }],
    ['no CloudEvent', { key: 'k', value: 'poison' }, { rule: 'no-event', field: '' }],
    ['no JSON', { value: 'poison', headers: whole }, { rule: 'json', field: '' }],
    ['no object', { key: 'k', value: '[1]', headers: whole }, { rule: 'type', field: '' }],
    ['a key twice', { value: '{"id":"1","id":"2"}', headers: whole }, { rule: 'duplicate-key', field: '/id' }],
    ['bytes that are no text', { value: Buffer.from([0xff, 0xfe, 0]), headers: whole }, { rule: 'utf-8', field: '' }],
    [
      'another content type',
      { ...binary(good), headers: { ...binary(good).headers, 'content-type': 'text/plain' } },
      { rule: 'datacontenttype' },
    ],
    [
      'a batch',
      { value: '[]', headers: { 'content-type': 'application/cloudevents-batch+json' } },
      { rule: 'content-type', field: 'content-type' },
    ],
    [
      'a header twice',
      { ...binary(good), headers: { ...binary(good).headers, ce_id: ['1', '2'] } },
      { rule: 'given-once', field: 'ce_id' },
    ],
    [
      'a header of garbage',
      { ...binary(good), headers: { ...binary(good).headers, ce_source: Buffer.from([0xff, 0xfe]) } },
      { rule: 'utf-8', field: 'ce_source' },
    ],
    ['no attributes', { value: '{}', headers: { ce_id: 'x' } }, { rule: 'required' }],
    [
      'an unknown type',
      structured({ ...good, type: 'litopys.pledge.anounced.v1' }),
      { rule: 'unknown-type', field: '/type', mend: expect.stringContaining('Did you mean') },
    ],
    [
      'malformed data',
      structured({ ...good, data: { ...good.data, occurred: 'last week' } }),
      { rule: 'edtf', field: '/data/occurred' },
    ],
    [
      'a refusal of the domain',
      structured(eventOf(corrected([{ path: '/title', to: 'x' }]), 'c-1', 'pledge/never-opened')),
      { rule: 'stream-not-open', status: 404 },
    ],
    [
      'another event under an identity that stands',
      structured({ ...good, id: 'taken' }),
      { rule: 'identity-conflict', status: 409, field: '/id' },
    ],
    [
      'what is too large for the journal, and nearly for Kafka',
      { key: 'large', value: JSON.stringify({ x: 'x'.repeat(1_000_000) }) },
      { rule: 'event-size', status: 413 },
    ],
  ];

  it('puts what it refuses where it can be looked at, with rule, mend and the record, and goes on behind it', async () => {
    const producer = await world.startProducer();
    const taken = eventOf(announced(), 'taken', 'pledge/taken');
    expect((await producer.post('/v1/events', taken)).status).toBe(201);
    // One partition, so that each is behind the one before it.
    const messages = kinds.flatMap(([, message], index) => [
      { ...message, partition: 2 },
      { ...binary(eventOf(announced(), `behind-${index}`, `pledge/behind-${index}`)), partition: 2 },
    ]);
    await world.send(messages);
    await world.untilTaken();
    expect((await world.events()).map(({ id }) => id).sort()).toEqual(
      ['taken', ...kinds.map((_, index) => `behind-${index}`)].sort(),
    );
    const refusals = (await world.refusals()).sort((a, b) => Number(a.original.offset) - Number(b.original.offset));
    expect(refusals.map(({ original }) => Number(original.offset))).toEqual(kinds.map((_, index) => index * 2));
    for (const [index, [what, message, told]] of kinds.entries()) {
      const refusal = refusals[index];
      expect({ what, ...refusal }).toMatchObject({
        what,
        id: `${world.intakeTopic}-2-${index * 2}`,
        ...told,
        mend: told['mend'] ?? expect.stringMatching(/\w/),
        detail: expect.stringMatching(/\w/),
        original: {
          topic: world.intakeTopic,
          partition: 2,
          timestamp: expect.stringMatching(/Z$/),
          bytes: message.value === null ? null : Buffer.byteLength(message.value),
        },
      });
      expect(bytesOf(refusal?.original.record?.value)).toEqual(
        message.value === null ? null : Buffer.from(message.value),
      );
      expect(bytesOf(refusal?.original.record?.key)).toEqual(message.key == null ? null : Buffer.from(message.key));
    }
  });
});

/** The bytes that a refusal tells. */
function bytesOf(told: { text: string } | { base64: string } | null | undefined): Buffer | null | undefined {
  if (told === null || told === undefined) return told;
  return 'text' in told ? Buffer.from(told.text) : Buffer.from(told.base64, 'base64');
}
