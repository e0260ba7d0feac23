import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { canonicalJson, dataschemaOf, eventType, shortType, type StreamEvent } from '#libs/contracts';
import { append, fingerprintOf, type AppendRequest } from '#libs/journal';

/** An id that two runs of the same history share. */
const idOf = (event: StreamEvent): string =>
  createHash('sha256').update(`${event.stream}@${event.version}`).digest('hex').slice(0, 32);

/** What the journal is asked to take for an event of a random history; what the deciders think of it is not asked. */
export function requestOf(event: StreamEvent): AppendRequest {
  const { stream, stored } = event;
  const name = shortType(event.type);
  const { version, data } = stored ?? { version: undefined, data: event.data };
  const [type, dataschema] = [eventType(name, version), dataschemaOf(name, version)];
  return {
    stream,
    source: 'urn:litopys:test',
    id: idOf(event),
    fingerprint: fingerprintOf({ type, subject: stream, time: null, dataschema, dataText: canonicalJson(data) }),
    type,
    dataschema,
    time: null,
    knownSince: event.knownSince,
    knownBasis: 'stated',
    actor: 'test',
    correlationId: null,
    causationId: null,
    data: canonicalJson(data),
    expectedVersion: null,
  };
}

/** Appends events as they are, in order. */
export async function appendAll(pool: Pool, events: readonly StreamEvent[]): Promise<void> {
  const verdicts = await append(pool, events.map(requestOf));
  const refused = verdicts.find((one) => one.verdict !== 'appended');
  if (refused) throw new Error(`not appended: ${JSON.stringify(refused)}`);
}
