import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, dataschemaOf, typeName, type EventTypeName } from '#libs/contracts';
import { fingerprintOf, type AppendRequest } from '#libs/journal';

const HISTORY = path.join(import.meta.dirname, '../../events/history');

export interface SentEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly known_since: string; readonly known_basis?: string; readonly [key: string]: unknown };
}

/** An event as the journal takes it, by what a producer would send. */
export function requestOf({ id, source, type, subject, data }: SentEvent): AppendRequest {
  const dataschema = dataschemaOf(typeName(type) as EventTypeName);
  return {
    stream: subject,
    source,
    id,
    fingerprint: fingerprintOf({ type, subject, time: null, dataschema, dataText: canonicalJson(data) }),
    type,
    dataschema,
    time: null,
    knownSince: data.known_since,
    knownBasis: data.known_basis ?? 'source',
    actor: 'test',
    correlationId: null,
    causationId: null,
    data: canonicalJson(data),
    expectedVersion: null,
  };
}

/** The sourced chronology as requests to append, in its order; `files` begins their names. */
export function historyRequests(files = ''): AppendRequest[] {
  return readdirSync(HISTORY)
    .filter((name) => name.endsWith('.ndjson') && name.startsWith(files))
    .sort()
    .flatMap((name) => readFileSync(path.join(HISTORY, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => requestOf(JSON.parse(line) as SentEvent));
}

let sent = 0;

/** An event of a test's own, known since 2025-09-01 unless it says otherwise. */
export const exampleEvent = (name: EventTypeName, subject: string, data: Record<string, unknown>): AppendRequest =>
  requestOf({
    id: `example-${(sent += 1)}`,
    source: 'urn:litopys:test',
    type: `litopys.${name}.v1`,
    subject,
    data: {
      known_since: '2025-09-01',
      citations: [{ publisher: 'Test', title: 'Test', language: 'en', standing: 'press' }],
      ...data,
    },
  });

export const exampleStatement = (slug: string, occurred: string, more: Record<string, unknown> = {}): AppendRequest =>
  exampleEvent('statement.issued', `statement/${slug}`, { slug, title: slug, occurred, form: 'post', ...more });
