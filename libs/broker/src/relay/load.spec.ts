import { describe, expect, it } from '@jest/globals';
import { chainOf, plainSeeds } from '../../../../test/support/chain.js';
import { BATCH_BYTES } from '../topic.js';
import { loadNext, partitionOf } from './load.js';
import { findUnacknowledged } from './sender.js';

const ID = '0b9c4f8e-3d0a-4c6e-9f59-0d4a3c1f7a10';
const idAt = (): string => ID;

describe('a load', () => {
  it('takes rows in order, from where the last one ended, and says up to where', () => {
    const rows = chainOf(ID, plainSeeds(30)).slice(10);
    const load = loadNext(10, rows, idAt, 4);
    expect(load.upTo).toBe(30);
    expect(load.messages.map(({ headers }) => headers?.['ce_position'])).toEqual(
      rows.map(({ position }) => String(position)),
    );
    expect(load.partitions).toEqual(new Set(rows.map(({ stream }) => partitionOf(stream, 4))));
  });

  it('refuses to go past a row that was not read', () => {
    const rows = chainOf(ID, plainSeeds(5));
    expect(() => loadNext(0, [...rows.slice(0, 2), ...rows.slice(3)], idAt, 4)).toThrow(/position 3 was not read/);
    expect(() => loadNext(0, rows.slice(1), idAt, 4)).toThrow(/position 1 was not read/);
  });

  it('gives no partition more than a broker takes in one batch, and at least one row', () => {
    const large = (bytes: number) =>
      chainOf(
        ID,
        Array.from({ length: 8 }, () => ({ stream: 'pledge/one', data: 'x'.repeat(bytes) })),
      );
    expect(loadNext(0, large(BATCH_BYTES / 3), idAt, 4)).toMatchObject({ upTo: 2 });
    expect(loadNext(0, large(BATCH_BYTES), idAt, 4)).toMatchObject({ upTo: 1 });
  });

  it('goes to the partitions that Java’s producers choose', () => {
    // Values of org.apache.kafka.common.utils.Utils.murmur2, made positive, by Kafka's own UtilsTest.
    const positive = (hash: number): number => (hash & 0x7fffffff) % 97;
    expect(partitionOf('21', 97)).toBe(positive(-973932308));
    expect(partitionOf('foobar', 97)).toBe(positive(-790332482));
    expect(partitionOf('a-little-bit-long-string', 97)).toBe(positive(-985981536));
  });
});

describe('a send', () => {
  it('is through when every partition has been answered for', () => {
    expect(findUnacknowledged([0, 2, 3], [{ partition: 3 }, { partition: 0 }, { partition: 2 }])).toEqual([]);
    expect(findUnacknowledged([0, 2, 3], [{ partition: 3 }])).toEqual([0, 2]);
  });
});
