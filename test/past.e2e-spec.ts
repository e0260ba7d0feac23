import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StreamEvent } from '#libs/contracts';
import { append as appendRequests } from '#libs/journal';
import { Projector, rebuild } from '#libs/projection';
import { requestOf } from './support/append.js';
import { MANY, manyStreams } from './support/histories.js';
import { viewSet } from './support/projection.js';
import { startTimeline, type TestTimeline } from './support/timeline.js';

const faults = Boolean(process.env['FAULTS']);
const STREAMS = Object.keys(MANY);

interface Body {
  readonly place: { readonly position: number; readonly final: boolean; readonly as_recorded_at: unknown };
  readonly cite: { readonly url: string; readonly sha256: string };
}

/** Paths of every kind of answer, without pins. */
const asked = fc.oneof(
  fc.constantFrom(
    '/v1/entries',
    '/v1/entries?limit=3',
    '/v1/entries?kind=pledge',
    '/v1/entries?party=state:ca&q=one',
    '/v1/pledges',
    '/v1/about',
  ),
  fc.constantFrom('/v1/entries?occurred_from=2024-10-01&occurred_to=2024-12-01'),
  fc.constantFrom(
    ...STREAMS.filter((stream) => stream.startsWith('pledge')).map((stream) => `/v1/pledges/${stream.split('/')[1]}`),
  ),
  fc
    .record({ stream: fc.constantFrom(...STREAMS), version: fc.integer({ min: 1, max: 6 }) })
    .map(({ stream, version }) => `/v1/entries/${stream}@${version}`),
);

const knownAt = fc.option(fc.constantFrom('2025-01-01', '2025-01-03', '2025-01-08', '2025-03-01'));

const withPins = (path: string, pins: Record<string, string | number | null>): string => {
  const given = Object.entries(pins).filter(([, value]) => value !== null);
  return given.reduce((url, [name, value]) => `${url}${url.includes('?') ? '&' : '?'}${name}=${value}`, path);
};

describe('answers', () => {
  let timeline: TestTimeline;
  beforeAll(async () => {
    timeline = await startTimeline();
  });
  afterAll(() => timeline.close());

  const fetchText = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${timeline.url}${path}`);
    return { status: response.status, text: await response.text() };
  };

  const append = async (events: readonly StreamEvent[]): Promise<void> => {
    for (const event of events) await timeline.add([requestOf(event)]);
  };

  it('law Past: a final pinned read never changes by a byte, whatever is appended after', async () => {
    const events = fc.sample(manyStreams(faults ? 40 : 14), { numRuns: 1, seed: 7 })[0] ?? [];
    const reads = fc.sample(fc.record({ asked, knownAt, back: fc.nat(), byTime: fc.boolean() }), {
      numRuns: faults ? 4000 : 300,
      seed: 7,
    });
    const seen = new Map<string, { status: number; text: string }>();
    for (const [index, event] of events.entries()) {
      await append([event]);
      const perEvent = Math.ceil(reads.length / events.length);
      for (const read of reads.slice(index * perEvent, (index + 1) * perEvent)) {
        const position = 1 + (read.back % (index + 1));
        const time = (
          await timeline.pool.query<{ at: Date }>('select recorded_at as at from journal.events where position = $1', [
            position,
          ])
        ).rows[0]?.at;
        const url = withPins(read.asked, {
          as_known_at: read.knownAt,
          as_recorded_at: read.byTime && time ? time.toISOString() : position,
        });
        const answer = await fetchText(url);
        expect([200, 404]).toContain(answer.status);
        const isFinal = answer.status === 200 && (JSON.parse(answer.text) as Body).place.final;
        if (isFinal || (answer.status === 404 && !read.byTime)) seen.set(url, answer);
      }
    }
    expect(seen.size).toBeGreaterThan(50);
    await rebuild(timeline.pool, viewSet('journal'));
    for (const [url, answer] of seen) expect({ url, ...(await fetchText(url)) }).toEqual({ url, ...answer });
  }, 600_000);

  it('law Rebuild: while events are appended, every response is that of a later read pinned at its place; positions never fall', async () => {
    const events = (fc.sample(manyStreams(faults ? 60 : 20), { numRuns: 1, seed: 11 })[0] ?? []).map((event) => ({
      ...event,
      stream: `${event.stream}-anew`,
      data: JSON.parse(
        JSON.stringify(event.data).replaceAll(
          /"(pledge|statement|transfer|agreement)\/(one|two|three|four|five)/g,
          '"$1/$2-anew',
        ),
      ) as never,
    }));
    const paths = fc
      .sample(asked, { numRuns: 60, seed: 3 })
      .filter((path) => !path.includes('@') && !path.startsWith('/v1/pledges/'));
    const projector = new Projector(timeline.pool, viewSet('journal'));
    await projector.start({ rebuildMissing: false });
    const seen: { path: string; body: Body }[] = [];
    let done = false;
    const reader = async (offset: number): Promise<void> => {
      let last = 0;
      for (let turn = offset; !done; turn++) {
        const path = paths[turn % paths.length] ?? '/v1/entries';
        const { status, text } = await fetchText(path);
        expect({ path, status }).toEqual({ path, status: 200 });
        const body = JSON.parse(text) as Body;
        expect(body.place.position).toBeGreaterThanOrEqual(last);
        last = body.place.position;
        seen.push({ path, body });
      }
    };
    try {
      const readers = [reader(0), reader(17), reader(31)];
      const writing = (async () => {
        for (const event of events) {
          await appendRequests(timeline.pool, [requestOf(event)]);
          projector.wake();
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      for (let turn = 0; turn < (faults ? 12 : 4); turn++) await rebuild(timeline.pool, viewSet('journal'));
      await writing;
      done = true;
      await Promise.all(readers);
    } finally {
      done = true;
      await projector.stop();
    }
    expect(new Set(seen.map(({ body }) => body.place.position)).size).toBeGreaterThan(3);
    for (const { path, body } of seen) {
      const later = JSON.parse((await fetchText(withPins(path, { as_recorded_at: body.place.position }))).text) as Body;
      expect({ ...later, place: null }).toEqual({ ...body, place: null });
    }
  }, 600_000);
});
