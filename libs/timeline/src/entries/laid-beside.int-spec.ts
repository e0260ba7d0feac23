import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventTypeName } from '#libs/contracts';
import { exampleEvent, exampleStatement } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';

const STREAM = 'statement/the-sum';
const ENTRY = `/v1/entries/${STREAM}@1`;

interface Entry {
  readonly title: string;
  readonly citations: readonly { readonly publisher: string }[];
  readonly quotes?: readonly { readonly text: string }[];
  readonly records: readonly string[];
  readonly disputes?: readonly Record<string, unknown>[];
  readonly relations: Record<'incoming' | 'outgoing', readonly Record<string, unknown>[]>;
  readonly findings: readonly { readonly id: string }[];
}

let timeline: TestTimeline;
const positions: Record<string, number> = {};

const record = async (type: EventTypeName, known: string, data: Record<string, unknown>): Promise<void> => {
  positions[type] = await timeline.add([
    exampleEvent(type, STREAM, { about: `${STREAM}@1`, known_since: known, ...data }),
  ]);
};

const source = (publisher: string, more: object = {}): Record<string, unknown> => ({
  citations: [{ publisher, title: 'A report', language: 'en', standing: 'press', ...more }],
});

beforeAll(async () => {
  timeline = await startTimeline();
  await timeline.add([
    exampleStatement('the-sum', '2025-03-01', { known_since: '2025-03-01', title: 'Two billion' }),
    exampleStatement('the-summit', '2025-02-28', { known_since: '2025-02-28', title: 'The summit' }),
  ]);
  await record('record.corroborated', '2025-03-03', {
    ...source('Second'),
    quotes: [{ speaker: 'person:one', text: 'two', language: 'en' }],
  });
  await record('record.disputed', '2025-03-05', {
    ...source('Third', { says: { '/title': 'Three billion' } }),
    note: 'It prints another sum.',
  });
  await record('record.related', '2025-03-07', {
    refs: [
      { relation: 'about', target: 'statement/the-summit' },
      { relation: 'reaffirms', target: 'statement/not-there-yet' },
    ],
  });
  await record('record.settled', '2025-03-09', {
    ...source('Official', { standing: 'official' }),
    because: 'better-source',
    dispute: `${STREAM}@3`,
    holds: 'entry',
    reason: 'The release says two.',
  });
}, 60_000);
afterAll(() => timeline.close());

const at = (day: string): Promise<Entry> => timeline.answer<Entry>(`${ENTRY}?as_known_at=${day}`);
const publishers = ({ citations }: Entry): string[] => citations.map((one) => one.publisher);

describe('what records lay beside an entry', () => {
  it('sources count from the day on which they told it, with what they add', async () => {
    expect(publishers(await at('2025-03-02'))).toEqual(['Test']);
    const corroborated = await at('2025-03-03');
    expect(publishers(corroborated)).toEqual(['Test', 'Second']);
    expect(corroborated.quotes).toMatchObject([{ text: 'two' }]);
    expect(corroborated.records).toEqual([`${STREAM}@2`]);
    const { entries } = await timeline.answer<{ entries: Entry[] }>('/v1/entries?q="two billion"');
    expect(entries.map(publishers)).toEqual([['Test', 'Second']]);
  });

  it('a dispute stands beside it, by whom and with what, and is no source of it', async () => {
    expect((await at('2025-03-04')).disputes).toBeUndefined();
    const disputed = await at('2025-03-05');
    expect(disputed).toMatchObject({
      title: 'Two billion',
      disputes: [
        {
          event: `${STREAM}@3`,
          type: 'record.disputed',
          known_since: '2025-03-05',
          note: 'It prints another sum.',
          citations: [{ publisher: 'Third', says: { '/title': 'Three billion' } }],
        },
      ],
    });
    expect(publishers(disputed)).toEqual(['Test', 'Second']);
  });

  it('a settlement follows the dispute, from its own day on, and changes no value', async () => {
    expect((await at('2025-03-08')).disputes).toHaveLength(1);
    const settled = await at('2025-03-09');
    expect(settled).toMatchObject({
      title: 'Two billion',
      disputes: [
        { type: 'record.disputed' },
        {
          event: `${STREAM}@5`,
          type: 'record.settled',
          dispute: `${STREAM}@3`,
          holds: 'entry',
          reason: 'The release says two.',
          because: 'better-source',
        },
      ],
    });
    const before = (positions['record.settled'] ?? 0) - 1;
    expect((await timeline.answer<Entry>(`${ENTRY}?as_recorded_at=${before}`)).disputes).toHaveLength(1);
  });

  it('relations show on both sides, from the day on which they became known; what is not there yet is a finding', async () => {
    const incoming = async (day: string): Promise<unknown[]> => [
      ...(await timeline.answer<Entry>(`/v1/entries/statement/the-summit@1?as_known_at=${day}`)).relations.incoming,
    ];
    expect((await at('2025-03-06')).relations.outgoing).toEqual([]);
    expect(await incoming('2025-03-06')).toEqual([]);
    const related = await at('2025-03-07');
    expect(related.relations.outgoing).toMatchObject([
      { relation: 'about', resolved: true, title: 'The summit', told_by: `${STREAM}@1` },
      { relation: 'reaffirms', resolved: false, entry: null },
    ]);
    expect(related.findings).toMatchObject([{ id: `unresolved-relation:${STREAM}@1:/refs/1` }]);
    expect(await incoming('2025-03-07')).toMatchObject([{ relation: 'about', entry: `${STREAM}@1` }]);
    await timeline.add([exampleStatement('not-there-yet', '2025-01-01', { known_since: '2025-01-01' })]);
    expect((await at('2025-03-07')).findings).toEqual([]);
  });

  it('what is retracted takes its relations with it, and keeps its disputes', async () => {
    await record('record.retracted', '2025-03-11', { because: 'source-corrected' });
    const retracted = await at('2025-03-11');
    expect(retracted).toMatchObject({ retracted: true, relations: { outgoing: [] } });
    expect(retracted.disputes).toHaveLength(2);
    expect((await at('2025-03-10')).relations.outgoing).toHaveLength(2);
  });
});
