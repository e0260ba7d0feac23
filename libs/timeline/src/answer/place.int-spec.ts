import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#libs/contracts';
import { exampleEvent, exampleStatement, historyRequests } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';

const G7 = '/v1/pledges/2025-g7-military-package';
const DAY = '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24';

let timeline: TestTimeline;
/** The last position of the history. */
let last: number;

beforeAll(async () => {
  timeline = await startTimeline();
  last = await timeline.add(historyRequests());
}, 60_000);
afterAll(() => timeline.close());

const textOf = async (path: string): Promise<string> => (await timeline.ask(path)).text();

describe('a place', () => {
  const reads = [
    `/v1/entries?limit=10`,
    DAY,
    '/v1/entries?q=drone&as_known_at=2025-08-24',
    '/v1/entries/pledge/2025-g7-military-package@3',
    '/v1/entries?q=unheardof',
    '/v1/pledges',
    G7,
    `${G7}?as_known_at=2025-08-23`,
    '/v1/events?limit=200',
    '/v1/about',
    '/v1/about?as_known_at=2025-08-23',
  ];
  const pinned = (path: string, position: number): string =>
    `${path}${path.includes('?') ? '&' : '?'}as_recorded_at=${position}`;

  it('law Past: the body of a final pinned read never changes by a byte, whatever is appended', async () => {
    await timeline.add([exampleStatement('one-more', '2025-08-24')]);
    const before = await Promise.all(reads.map((path) => textOf(pinned(path, last))));
    const time = (
      JSON.parse(await textOf(`/v1/events?after=${last - 1}&limit=1`)) as { events: { recordedtime: string }[] }
    ).events[0]?.recordedtime;
    const byTime = await timeline.answer(`/v1/entries?limit=10&as_recorded_at=${time}`);
    await timeline.add([
      exampleStatement('a-new-one', '2025-08-24', {
        refs: [{ relation: 'about', target: 'pledge/2025-g7-military-package' }],
      }),
      exampleEvent('pledge.itemized', 'pledge/2025-g7-military-package', {
        title: 'One more line',
        occurred: '2025-08-24',
        lines: [{ id: 'boots', label: 'Boots', category: 'military/personal-equipment' }],
      }),
      exampleEvent('pledge.announced', 'pledge/2025-part', {
        slug: '2025-part',
        title: 'A part',
        occurred: '2025-08-30',
        money: { amount: '1', currency: 'CAD', qualifier: 'exact' },
        instrument: 'grant',
        category: 'military',
        parties: [
          { id: 'state:ca', name: 'Canada', role: 'donor' },
          { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' },
        ],
        refs: [{ relation: 'part-of', target: 'pledge/2025-g7-military-package' }],
      }),
      exampleEvent('record.corrected', 'statement/2025-08-24-zelenskyy-purl', {
        about: 'statement/2025-08-24-zelenskyy-purl@1',
        because: 'recording-error',
        changes: [{ path: '/refs', to: [{ relation: 'responds-to', target: 'pledge/2025-g7-military-package' }] }],
      }),
      exampleEvent('record.corrected', 'pledge/2025-g7-military-package', {
        about: 'pledge/2025-g7-military-package@1',
        because: 'recording-error',
        changes: [{ path: '/money/amount', from: '2000000000', to: '2100000000' }],
      }),
    ]);
    const after = await Promise.all(reads.map((path) => textOf(pinned(path, last))));
    expect(after).toEqual(before);
    expect(byTime.place).toMatchObject({ position: last, final: true });
    expect(await timeline.answer(`/v1/entries?limit=10&as_recorded_at=${time}`)).toEqual(byTime);
    const now = await timeline.answer<{ relations: { incoming: { relation: string; entry: string }[] } }>(G7);
    expect(now['announced']).toMatchObject({ stated: '2100000000' });
    const purl = now.relations.incoming.filter(({ entry }) => entry === 'statement/2025-08-24-zelenskyy-purl@1');
    expect(purl.map(({ relation }) => relation)).toEqual(['responds-to']);
  });

  it('an unpinned answer is its pinned one, but for the echoed pins and final', async () => {
    for (const path of reads) {
      const { place, ...rest } = await timeline.answer(path);
      const { place: at, ...restPinned } = await timeline.answer(pinned(path, place.position));
      expect(restPinned).toEqual(rest);
      expect(at).toEqual({ ...place, as_recorded_at: place.position, final: true });
    }
  });

  it('what an answer cites gives the checksum that it tells', async () => {
    for (const path of [...reads, `${DAY}&limit=3`]) {
      const { cite } = await timeline.answer(path);
      const { cite: again, ...cited } = await timeline.answer(cite.url);
      expect(createHash('sha256').update(canonicalJson(cited)).digest('hex')).toBe(cite.sha256);
      expect(again).toEqual(cite);
    }
  });

  it('cites a page of a list by its cursor', async () => {
    const { next_cursor: cursor } = await timeline.answer<{ next_cursor: string }>(`${DAY}&limit=3`);
    const page = await timeline.answer(`${DAY}&limit=3&cursor=${cursor}`);
    const { cite: _cite, ...cited } = await timeline.answer(page.cite.url);
    expect(createHash('sha256').update(canonicalJson(cited)).digest('hex')).toBe(page.cite.sha256);
  });

  it('a time that nothing is recorded after yet is answered by all there is, and is not final', async () => {
    const { place } = await timeline.answer('/v1/about?as_recorded_at=2999-01-01T00:00:00Z');
    expect(place).toMatchObject({ final: false, as_recorded_at: '2999-01-01T00:00:00Z' });
    expect(place.position).toBe((await timeline.answer('/v1/about')).place.position);
  });

  it('beyond what is projected is waited for', async () => {
    const position = await timeline.add([exampleStatement('awaited', '2025-09-02')], { project: false });
    const waiting = timeline.answer(`/v1/entries?q=awaited&min_position=${position}`);
    await timeline.project();
    expect(((await waiting)['entries'] as { entry: string }[])[0]?.entry).toBe('statement/awaited@1');
  });

  it('is not final where the journal has not given it out, and is asked for again later', async () => {
    const response = await timeline.ask('/v1/about?as_recorded_at=999999');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ code: 'not-projected-yet', retriable: true });
  }, 15_000);
});
