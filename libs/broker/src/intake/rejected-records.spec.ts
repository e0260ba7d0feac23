import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KafkaMessage } from 'kafkajs';
import { toProblem, ValidationError } from '#libs/platform';
import { partitionOf } from '../relay/load.js';
import { BATCH_BYTES } from '../topic.js';
import type { Refusal, Refused, Told } from './refusal.js';
import { loadsOf, toRejected } from './rejected-records.js';

const place = { topic: 'litopys.intake', partition: 6 };
const topic = { partitions: 4, maxBytes: 4_194_304 };
const problem = toProblem(
  new ValidationError('2 things are not right.', {
    errors: [
      { field: '/type', rule: 'unknown-type', detail: 'It is unknown.', mend: 'Name a known one.' },
      { field: '/subject', rule: 'stream', detail: 'It is no stream.' },
    ],
  }),
);

const refused = (message: Partial<KafkaMessage>): Refused => ({
  problem,
  message: { key: null, value: null, timestamp: '1756051200000', attributes: 0, offset: '17', ...message } as never,
});

const told = ({ value }: { value: string }): Refusal => JSON.parse(value) as Refusal;
const bytesOf = (given: Told): Buffer | null =>
  given === null ? null : 'text' in given ? Buffer.from(given.text) : Buffer.from(given.base64, 'base64');

describe('a refusal', () => {
  it('tells rule, field and mend of the first mistake, all mistakes, and the record it is about', () => {
    const message = {
      key: Buffer.from('k'),
      value: Buffer.from('{"є":1}\n'),
      headers: { a: ['1', '2'], b: Buffer.from([255]) },
    };
    const rejected = toRejected(place, refused(message), topic);
    expect(told(rejected)).toEqual({
      ...problem,
      id: 'litopys.intake-6-17',
      rule: 'unknown-type',
      field: '/type',
      mend: 'Name a known one.',
      original: {
        topic: 'litopys.intake',
        partition: 6,
        offset: '17',
        timestamp: '2025-08-24T16:00:00.000Z',
        bytes: 9,
        record: {
          key: { text: 'k' },
          headers: [
            { name: 'a', value: { text: '1' } },
            { name: 'a', value: { text: '2' } },
            { name: 'b', value: { base64: '/w==' } },
          ],
          value: { text: '{"є":1}\n' },
        },
      },
    });
    expect(rejected).toMatchObject({
      key: Buffer.from('k'),
      partition: partitionOf('k', 4),
      headers: { ce_id: 'litopys.intake-6-17', ce_type: 'litopys.intake.rejected.v1', ce_specversion: '1.0' },
    });
  });

  it('gives back every byte of key and value, whatever they are', () => {
    const bytes = fc.option(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      ),
    );
    fc.assert(
      fc.property(bytes, bytes, (key, value) => {
        const message = { key: key && Buffer.from(key), value: value && Buffer.from(value) };
        const { record } = told(toRejected(place, refused(message), topic)).original;
        expect([bytesOf(record?.key ?? null), bytesOf(record?.value ?? null)]).toEqual([message.key, message.value]);
      }),
    );
  });

  it('of the largest record that the intake takes fits into the topic, whatever its bytes', () => {
    for (const byte of ['"', '\u0001', '\n', 'a', '\\']) {
      const value = Buffer.from(byte.repeat(1_048_000));
      const rejected = toRejected(place, refused({ value, key: value.subarray(0, 500) }), topic);
      expect(told(rejected).original.record).toBeDefined();
      expect(Buffer.byteLength(rejected.value)).toBeLessThan(topic.maxBytes);
    }
  });

  it('of a larger one names its place, and leaves it there', () => {
    const value = Buffer.from('a'.repeat(2_000_000));
    const rejected = toRejected(place, refused({ value, key: value }), { ...topic, maxBytes: 1_048_588 });
    expect(told(rejected)).toMatchObject({ rule: 'unknown-type', original: { offset: '17', bytes: 2_000_000 } });
    expect(told(rejected).original.record).toBeUndefined();
    expect(rejected).toMatchObject({ key: null, partition: 2 });
  });

  it('has no timestamp where its producer made up one that is none', () => {
    const { original } = told(toRejected(place, refused({ timestamp: '9223372036854775807' }), topic));
    expect(original.timestamp).toBeNull();
  });
});

it('sends of refusals are each no more than a broker takes in a batch, in order, and none is left out', () => {
  const rejected = Array.from({ length: 50 }, (_, n) =>
    toRejected(
      place,
      refused({ offset: String(n), value: Buffer.from('x'.repeat(n === 7 ? 1_500_000 : 50_000)) }),
      topic,
    ),
  );
  const loads = [...loadsOf(rejected)];
  expect(loads.flatMap(({ messages }) => messages)).toEqual(rejected);
  const sizes = loads.map(({ messages }) => messages.reduce((sum, { value }) => sum + String(value).length, 0));
  expect(sizes.filter((size) => size > BATCH_BYTES)).toHaveLength(1);
  expect(loads.length).toBeLessThan(8);
});
