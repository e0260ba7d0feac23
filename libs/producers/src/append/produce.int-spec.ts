import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contextOf } from '#libs/contracts';
import { feedHead, readFeed } from '#libs/journal';
import { makePool, type LitopysError } from '#libs/platform';
import { openingOf } from '../../../../test/support/domain/bodies.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { parseText } from '../check/parse.js';
import { MAX_EVENT_BYTES } from '../limits.js';
import { produce } from './produce.js';

const NOW = '2025-11-24T10:00:00.000Z';
const options = { actor: 'test', now: NOW };

let journal: TestJournal;

beforeEach(async () => {
  journal = await freshJournal();
});

afterEach(() => journal.close());

const opening = (slug: string, more: object = {}) => ({
  specversion: '1.0',
  id: slug,
  source: 'urn:test',
  type: 'litopys.pledge.announced.v1',
  subject: `pledge/${slug}`,
  data: openingOf(slug),
  ...more,
});

const refusalOf = async (work: Promise<unknown>): Promise<LitopysError> =>
  work.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => error as LitopysError,
  );

describe('produce', () => {
  it('appends in process what HTTP would, and answers its place', async () => {
    expect(await produce(journal.app, opening('in-process'), options)).toEqual({
      event: 'pledge/in-process@1',
      id: 'in-process',
      stream: 'pledge/in-process',
      version: 1,
      position: 1,
      duplicate: false,
    });
    expect(await produce(journal.app, opening('in-process'), options)).toMatchObject({ position: 1, duplicate: true });
    const [row] = await readFeed(journal.app, 'journal', { after: 0, limit: 9 });
    expect(row).toMatchObject({ actor: 'test', knownSince: '2025-06-17', knownBasis: 'stated' });
  });

  it('measures known dates by the caller’s clock', async () => {
    const data = openingOf('clock', { known_since: '2025-11-26' });
    expect(await refusalOf(produce(journal.app, opening('clock', { data }), options))).toMatchObject({
      code: 'known-since-after-record',
    });
    const later = { ...options, now: '2025-11-25T00:00:00.000Z' };
    expect(await produce(journal.app, opening('clock', { data }), later)).toMatchObject({ version: 1 });
  });

  it('refuses an event beyond the limit whichever way it comes', async () => {
    const says = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`/a${index}`, 'x'.repeat(1000)]));
    const data = {
      ...openingOf('large'),
      citations: [{ publisher: 'A', title: 'B', language: 'en', standing: 'press', says }],
    };
    expect(JSON.stringify(data).length).toBeGreaterThan(MAX_EVENT_BYTES);
    expect(await refusalOf(produce(journal.app, opening('large', { data }), options))).toMatchObject({
      status: 413,
      rule: 'event-size',
    });
  });

  it('refuses what was never an event', async () => {
    for (const value of [undefined, null, 7, 'x', [], {}])
      expect(await refusalOf(produce(journal.app, value, options))).toMatchObject({ code: 'validation' });
  });

  it('names the id to retry with where the journal is away', async () => {
    const away = makePool('postgres://nobody@127.0.0.1:1/nothing');
    try {
      for (const dryRun of [false, true])
        expect(await refusalOf(produce(away, opening('away'), { ...options, dryRun }))).toMatchObject({
          status: 503,
          retriable: true,
          mend: expect.stringContaining('id away'),
        });
    } finally {
      await away.end();
    }
  });

  it('takes hundreds of events one after another, fast', async () => {
    const began = performance.now();
    for (let index = 0; index < 300; index++) await produce(journal.app, opening(`bulk-${index}`), options);
    const rate = (300 / (performance.now() - began)) * 1000;
    expect((await feedHead(journal.app, 'journal')).position).toBe(300);
    expect(rate).toBeGreaterThan(50);
  });
});

const HISTORY = join(import.meta.dirname, '../../../../events/history');

describe('the recorded history', () => {
  const events = readdirSync(HISTORY)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) => readFileSync(join(HISTORY, name), 'utf8').split('\n'))
    .filter((text) => text.trim() !== '')
    .map(parseText);

  it('is taken whole, event by event, and once', async () => {
    // In whatever order its files are read: an event waits for the one that opens its stream.
    let waiting = events;
    for (let round = 0; waiting.length > 0 && round < 10; round++) {
      const refused: typeof events = [];
      for (const event of waiting)
        await produce(journal.app, event, options).catch((error: LitopysError) => {
          if (!['stream-not-open', 'about-unknown'].includes(error.code)) throw error;
          refused.push(event);
        });
      waiting = refused;
    }
    expect(waiting).toEqual([]);
    for (const event of events) expect(await produce(journal.app, event, options)).toMatchObject({ duplicate: true });
    const rows = await readFeed(journal.app, 'journal', { after: 0, limit: 10_000 });
    expect(rows).toHaveLength(events.length);
    expect(rows.every(({ stream }) => contextOf(stream) !== undefined)).toBe(true);
  });
});
