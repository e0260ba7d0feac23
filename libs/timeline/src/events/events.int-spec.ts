import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataHashOf } from '#libs/journal';
import { historyRequests } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';

let timeline: TestTimeline;

beforeAll(async () => {
  timeline = await startTimeline();
  await timeline.add(historyRequests());
}, 60_000);
afterAll(() => timeline.close());

describe('the events themselves', () => {
  interface CloudEvent {
    subject: string;
    sequence: string;
    position: string;
    source: string;
    id: string;
    datahash: string;
  }

  it('come in the order of the journal, page by page, with their data byte for byte', async () => {
    const found: CloudEvent[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: { events: CloudEvent[]; next_after: number | null } = await timeline.answer(
        `/v1/events?limit=20&after=${after}`,
      );
      found.push(...page.events);
      after = page.next_after;
    }
    expect(found.map((one) => one.position)).toEqual(found.map((_, index) => String(index + 1)));
    const { rows } = await timeline.pool.query<{ data: string }>('select data from journal.events where position = 7');
    const raw = await (await timeline.ask('/v1/events?after=6&limit=1')).text();
    expect(raw).toContain(`"data":${rows[0]?.data},`);
    expect(dataHashOf(rows[0]?.data ?? '')).toBe(found[6]?.datahash);
  });

  it('answer to their names and to their identities', async () => {
    const response = await timeline.ask('/v1/events/pledge/2025-g7-military-package@4');
    expect(response.headers.get('content-type')).toContain('application/cloudevents+json');
    const named = (await response.json()) as CloudEvent;
    expect(named).toMatchObject({ sequence: '4', type: 'litopys.record.corrected.v1' });
    const query = new URLSearchParams({ source: named.source, id: named.id }).toString();
    expect((await timeline.answer(`/v1/events?${query}`))['events']).toEqual([named]);
    const none = await timeline.answer('/v1/events?source=urn:nobody&id=1');
    expect(none).toMatchObject({ events: [], covers: { first: 1, last: none.place.position } });
  });

  it('refuse half an identity, and pages of one', async () => {
    expect(await (await timeline.ask('/v1/events?source=x')).json()).toMatchObject({ errors: [{ rule: 'together' }] });
    expect(await (await timeline.ask('/v1/events?source=x&id=1&limit=5')).json()).toMatchObject({
      errors: [{ rule: 'together' }],
    });
  });
});
