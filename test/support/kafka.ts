import { randomUUID } from 'node:crypto';
import { describe } from '@jest/globals';

/** Brokers of this run, `host:port`; empty where there is no Java to run one. */
export const brokers = (process.env['LITOPYS_TEST_KAFKA'] ?? '').split(',').filter((one) => one !== '');

/** A suite that needs the broker; skipped, loudly, where there is none. */
export const describeWithKafka = brokers.length > 0 ? describe : describe.skip;

/** A name for a topic or a group that no other test has. */
export const uniqueName = (what: string): string => `${what}-${randomUUID()}`;
