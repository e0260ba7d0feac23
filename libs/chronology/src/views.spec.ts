import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { canonicalJson, kindOf, type StreamEvent } from '#libs/contracts';
import { VIEWS, VIEW_VERSION } from './views.js';

/** What each view version makes of the examples of the published language. A change of a rule or a schema is a new one. */
const DIGESTS: Readonly<Record<number, string>> = {
  1: '10696ba8526abacb3a64458922ada8e817628953bd748323d9cf2e6dc71c2da7',
};

/** The example of every event type in one fixed history: each stream in the order in which its examples are told. */
function fixedHistory(): Map<string, StreamEvent[]> {
  const streams = new Map<string, StreamEvent[]>();
  const types = readdirSync('events', { withFileTypes: true }).filter(
    (one) => one.isDirectory() && one.name.includes('.'),
  );
  for (const [index, { name }] of types.sort((a, b) => (a.name < b.name ? -1 : 1)).entries()) {
    const { subject, type, data } = JSON.parse(readFileSync(`events/${name}/v1.example.json`, 'utf8')) as {
      subject: string;
      type: string;
      data: { known_since?: string };
    };
    const events = streams.get(subject) ?? [];
    const recorded = {
      stream: subject,
      version: events.length + 1,
      position: index + 1,
      recordedAt: '2025-09-01T00:00:00.000Z',
    };
    streams.set(subject, [
      ...events,
      { ...recorded, knownSince: data.known_since ?? '2025-08-31', type, data } as unknown as StreamEvent,
    ]);
  }
  return streams;
}

it('this view version makes the rows and has the schemas that it is held to', () => {
  const hash = createHash('sha256');
  for (const view of VIEWS) {
    hash.update(view.schema);
    for (const [stream, events] of fixedHistory())
      if (view.kinds?.includes(kindOf(stream)) ?? true) hash.update(canonicalJson(view.rows(events)));
  }
  expect({ [VIEW_VERSION]: hash.digest('hex') }).toEqual({ [VIEW_VERSION]: DIGESTS[VIEW_VERSION] });
});
