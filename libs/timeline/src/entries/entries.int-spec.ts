import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { edtfBounds } from '#libs/contracts';
import { exampleEvent, exampleStatement, historyRequests } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';

const DAY = '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24';

interface Entry {
  readonly entry: string;
  readonly occurred: string;
  readonly citations: unknown[];
}

let timeline: TestTimeline;
/** The last position of the history. */
let last: number;

beforeAll(async () => {
  timeline = await startTimeline();
  last = await timeline.add(historyRequests());
}, 60_000);
afterAll(() => timeline.close());

const entriesOf = async (path: string): Promise<Entry[]> => (await timeline.answer<{ entries: Entry[] }>(path)).entries;
const namesOf = async (path: string): Promise<string[]> => (await entriesOf(path)).map(({ entry }) => entry);

describe('the chronology', () => {
  it('has at least eight entries on the day, each with its citation', async () => {
    const entries = await entriesOf(DAY);
    expect(entries.length).toBeGreaterThanOrEqual(8);
    expect(entries.every((entry) => entry.citations.length > 0)).toBe(true);
  });

  it('finds what reaches into the days asked for, by whatever is known of when', async () => {
    const vague = [
      exampleStatement('all-of-1999', '1999', { places: ['nowhere'] }),
      exampleStatement('since-march-1999', '1999-03/..', { places: ['nowhere'] }),
      exampleStatement('until-may-1999', '../1999-05', { places: ['nowhere'] }),
      exampleStatement('on-a-day-of-1999', '1999-06-15', { places: ['nowhere'] }),
    ];
    await timeline.add(vague);
    const found = async (query: string): Promise<string[]> =>
      (await namesOf(`/v1/entries?q=nowhere&${query}`)).map((name) => name.slice(10, -2)).sort();
    expect(await found('occurred_from=1999-06-15&occurred_to=1999-06-15')).toEqual([
      'all-of-1999',
      'on-a-day-of-1999',
      'since-march-1999',
    ]);
    expect(await found('occurred_to=1999-02')).toEqual(['all-of-1999', 'until-may-1999']);
    expect(await found('occurred_from=2000')).toEqual(['since-march-1999']);
    expect(await found('occurred_from=1900')).toHaveLength(4);
  });

  it('filters by kind, party and words, all at once', async () => {
    const all = await namesOf('/v1/entries?kind=agreement,engagement&limit=200');
    expect(all.every((name) => /^(agreement|engagement)\//.test(name))).toBe(true);
    expect(await namesOf('/v1/entries?party=person:sergei-lavrov')).toEqual(['statement/2025-08-21-lavrov-troops@1']);
    expect(await namesOf('/v1/entries?kind=pledge&q=lavrov')).toEqual([]);
    expect(await namesOf('/v1/entries?q="letter of intent" -customs&kind=agreement')).toEqual([
      'agreement/2025-loi-joint-production@1',
    ]);
  });

  it('goes by day, then by the order of recording, page by page what it is as a whole', async () => {
    const whole = await namesOf('/v1/entries?limit=200');
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { entries: Entry[]; next_cursor: string | null } = await timeline.answer(
        `/v1/entries?limit=7${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...page.entries.map(({ entry }) => entry));
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(whole);
    expect(new Set(whole).size).toBe(whole.length);
  });

  it('never shifts under a reader who pages while events are appended', async () => {
    const first = await timeline.answer<{ entries: Entry[]; next_cursor: string }>(`${DAY}&limit=5`);
    const expected = await namesOf(`${DAY}&limit=200`);
    await timeline.add([
      exampleStatement('earlier-than-all', '2025-08-24', { known_since: '2025-08-24' }),
      exampleEvent('record.retracted', 'statement/2025-08-24-rutte-purl', {
        about: 'statement/2025-08-24-rutte-purl@1',
        because: 'recording-error',
      }),
    ]);
    const rest = await timeline.answer<{ entries: Entry[] }>(`${DAY}&limit=100&cursor=${first.next_cursor}`);
    expect([...first.entries, ...rest.entries].map(({ entry }) => entry)).toEqual(expected);
    expect(rest.place.position).toBe(first.place.position);
    expect(await namesOf(`${DAY}&limit=200`)).not.toEqual(expected);
  });

  it('hides what is retracted, whose name answers for ever', async () => {
    const name = 'statement/2025-08-24-rutte-purl@1';
    expect(await namesOf('/v1/entries?q=rutte')).toEqual([]);
    expect(await timeline.answer(`/v1/entries/${name}`)).toMatchObject({ entry: name, retracted: true });
    expect(await timeline.answer(`/v1/entries/${name}?as_recorded_at=${last}`)).toMatchObject({ retracted: false });
    const pledge = await timeline.answer<{ relations: { incoming: { entry: string }[] } }>(
      '/v1/pledges/2025-g7-military-package',
    );
    expect(pledge.relations.incoming.map((one) => one.entry)).not.toContain(name);
  });

  it('tells one entry with relations both ways, the records in effect, and what is not there yet', async () => {
    const plan = await timeline.answer('/v1/entries/agreement/2025-action-plan@1');
    expect(plan['relations']).toMatchObject({
      outgoing: [
        {
          relation: 'implements',
          target: 'agreement/2024-security-cooperation',
          resolved: true,
          title: expect.any(String),
        },
        { relation: 'at', entry: 'engagement/2025-08-24-kyiv@1' },
      ],
      incoming: expect.arrayContaining([
        expect.objectContaining({ relation: 'about', entry: 'statement/2025-08-24-zelenskyy-three-documents@1' }),
      ]),
    });
    expect(plan['records']).toEqual(['agreement/2025-action-plan@2']);
    const sincere = await timeline.answer('/v1/entries/statement/2025-08-24-zelenskyy-sincere@1');
    expect(sincere['findings']).toMatchObject([{ rule: 'unresolved-relation', field: '/refs/1' }]);
  });

  interface Covers {
    readonly days: { readonly first: string | null; readonly last: string | null };
    readonly note: string;
  }
  const coveredBy = async (path: string): Promise<Covers> => (await timeline.answer<{ covers: Covers }>(path)).covers;

  it('an empty answer says what the record covers: from the first day of the list to its last', async () => {
    const covers = await coveredBy('/v1/entries?q=unheardof');
    expect(covers).toEqual({
      days: { first: '1999-03-31', last: '2025-08-25' },
      note: expect.stringContaining('none recorded is not none'),
    });
    expect(await coveredBy('/v1/pledges?donor=state:nowhere')).toEqual(covers);
  });

  it.each(['as_recorded_at=1', 'as_recorded_at=20', 'as_known_at=2025-01-01', 'as_known_at=1900-01-01'])(
    'an empty answer says nothing of what its place does not hold: %s',
    async (place) => {
      const listed = await entriesOf(`/v1/entries?limit=200&${place}`);
      const [first = null, last = null] = [listed[0], listed.at(-1)].map(
        (entry) => entry && edtfBounds(entry.occurred).foldDay,
      );
      expect((await coveredBy(`/v1/entries?q=unheardof&${place}`)).days).toEqual({ first, last });
    },
  );
});
