import type { Message } from 'kafkajs';
import { partitionOf, type Load } from '../relay/load.js';
import { BATCH_BYTES, type Topic } from '../topic.js';
import { type Place, type Refused, refusalId, tellRefusal } from './refusal.js';

/** Kafka's own bytes about a batch, a record and its headers, at most. Source: record format v2. */
const OVERHEAD = 1_000;
/** A key that is larger than any of ours is not worth carrying twice. */
const KEY_BYTES = 1_024;

/** A record of the topic of refusals, and where it goes. */
export interface Rejected extends Message {
  readonly partition: number;
  readonly value: string;
}

/** The record that tells a refusal: whole where the topic takes that much, or else without the record that it is about. */
export function toRejected(place: Place, refused: Refused, { partitions, maxBytes }: Topic): Rejected {
  const { key: given, offset } = refused.message;
  const key = given !== null && given.length <= KEY_BYTES ? given : null;
  const whole = JSON.stringify(tellRefusal(place, refused, true));
  const fits = Buffer.byteLength(whole) + KEY_BYTES + OVERHEAD <= maxBytes;
  return {
    key,
    value: fits ? whole : JSON.stringify(tellRefusal(place, refused, false)),
    partition: key === null ? place.partition % partitions : partitionOf(key, partitions),
    headers: {
      ce_specversion: '1.0',
      ce_id: refusalId(place, offset),
      ce_source: `urn:litopys:intake:${place.topic}`,
      ce_type: 'litopys.intake.rejected.v1',
      'content-type': 'application/problem+json',
    },
  };
}

/** One after another, no more in one than a broker takes in a batch; a record that is larger goes alone. */
export function* loadsOf(records: readonly Rejected[]): Generator<Load> {
  let messages: Rejected[] = [];
  let bytes = 0;
  const load = (): Load => ({ messages, partitions: new Set(messages.map(({ partition }) => partition)), upTo: 0 });
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + KEY_BYTES + OVERHEAD;
    if (messages.length > 0 && bytes + size > BATCH_BYTES) {
      yield load();
      [messages, bytes] = [[], 0];
    }
    messages.push(record);
    bytes += size;
  }
  if (messages.length > 0) yield load();
}
