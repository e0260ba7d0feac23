import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import {
  canonicalJson,
  EVENT_TYPE_NAMES,
  kindOf,
  upcastEvent,
  versionsOf,
  type JsonObject,
  type StreamEvent,
} from '#libs/contracts';
import { VIEWS, VIEW_VERSION } from './views.js';

/** What each view version makes of the examples of the published language. A change of a rule or a schema is a new one. */
const DIGESTS: Readonly<Record<number, string>> = {
  3: 'e4df1e0a862b6764b565c03fa6f31426ee3aae5bbdccf2cb818a091a4f6131ba',
};

/** The examples of every version of every type in one fixed history: each stream in the order of the types' names. */
function fixedHistory(): Map<string, StreamEvent[]> {
  const streams = new Map<string, StreamEvent[]>();
  const examples = EVENT_TYPE_NAMES.toSorted().flatMap((name) =>
    versionsOf(name).map((version) => `events/${name}/v${version}.example.json`),
  );
  for (const [index, file] of examples.entries()) {
    const { subject, type, data } = JSON.parse(readFileSync(file, 'utf8')) as {
      subject: string;
      type: string;
      data: JsonObject;
    };
    const events = streams.get(subject) ?? [];
    const recorded = {
      stream: subject,
      version: events.length + 1,
      position: index + 1,
      recordedAt: '2025-09-01T00:00:00.000Z',
      knownSince: data['known_since'] ?? '2025-08-31',
    };
    streams.set(subject, [...events, { ...recorded, ...upcastEvent(type, data) } as unknown as StreamEvent]);
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
