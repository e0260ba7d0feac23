import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { historyRequests } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';
import { entryAnswer, entryListAnswer } from '../entries/entry-answers.js';
import { eventListAnswer } from '../events/event-answers.js';
import { pledgeAnswer, pledgeListAnswer } from '../pledges/pledge-answers.js';

const G7 = '/v1/pledges/2025-g7-military-package';
const DAY = '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24';

let timeline: TestTimeline;

beforeAll(async () => {
  timeline = await startTimeline();
  await timeline.add(historyRequests());
}, 60_000);
afterAll(() => timeline.close());

describe('over HTTP', () => {
  it('an answer that is held already is not sent again, and is always asked for again', async () => {
    const first = await timeline.ask(G7);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const second = await timeline.ask(G7, { 'if-none-match': `"other", ${etag}` });
    expect([second.status, await second.text(), second.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await timeline.ask(G7, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('mistakes are told by field, rule and mend, all at once', async () => {
    const response = await timeline.ask('/v1/entries?foo=1&kind=plege&limit=0&cursor=zzz');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    const { errors } = (await response.json()) as { errors: { field: string; rule: string; mend: string }[] };
    expect(errors.map(({ field, rule }) => [field, rule])).toEqual([
      ['foo', 'unknown-parameter'],
      ['kind', 'known-value'],
      ['limit', 'limit'],
    ]);
    expect(errors.every(({ mend }) => mend.length > 0)).toBe(true);
  });

  it('a cursor of another query, and days in the wrong order, are refused', async () => {
    const { next_cursor: cursor } = await timeline.answer<{ next_cursor: string }>('/v1/entries?limit=1');
    const refused = async (path: string): Promise<unknown> =>
      ((await (await timeline.ask(path)).json()) as { errors: { rule: string }[] }).errors[0]?.rule;
    expect(await refused(`/v1/entries?kind=pledge&cursor=${cursor}`)).toBe('cursor-query');
    expect(await refused(`/v1/pledges?cursor=${cursor}`)).toBe('cursor-query');
    expect(await refused(`/v1/entries?cursor=${cursor}&as_recorded_at=1`)).toBe('cursor-place');
    expect(await refused('/v1/entries?occurred_from=2025-08&occurred_to=2025-07')).toBe('order');
    expect(await refused('/v1/entries/pledge/no-version')).toBe('event-name');
  });

  it('what is not there is a 404 that says where to look', async () => {
    for (const path of ['/v1/entries/pledge/nothing@1', '/v1/pledges/nothing', '/v1/events/pledge/nothing@1'])
      expect(await (await timeline.ask(path)).json()).toMatchObject({
        status: 404,
        errors: [{ mend: expect.any(String) }],
      });
    const record = await timeline.ask('/v1/entries/pledge/2025-g7-military-package@4');
    expect(await record.text()).toContain('/v1/events/pledge/2025-g7-military-package@4');
  });

  it('every answer has the form that is published', async () => {
    expect(() => entryListAnswer.parse(undefined)).toThrow();
    entryListAnswer.parse(await timeline.answer(DAY));
    entryListAnswer.parse(await timeline.answer('/v1/entries?q=unheardof'));
    entryAnswer.parse(await timeline.answer('/v1/entries/pledge/2025-g7-military-package@3'));
    pledgeListAnswer.parse(await timeline.answer('/v1/pledges'));
    pledgeAnswer.parse(await timeline.answer(G7));
    pledgeAnswer.parse(await timeline.answer('/v1/pledges/2024-loans-2400m'));
    eventListAnswer.parse(await timeline.answer('/v1/events'));
  });

  it('the root says what to open next', async () => {
    const { open_next: next } = (await (await timeline.ask('/')).json()) as { open_next: Record<string, string> };
    for (const path of Object.values(next)) expect((await timeline.ask(path)).status).toBe(200);
  });

  it('is live and ready', async () => {
    expect(await (await timeline.ask('/health/live')).json()).toEqual({ status: 'live' });
    expect(await (await timeline.ask('/health/ready')).json()).toEqual({ status: 'ready', reasons: [] });
  });
});

describe('without views', () => {
  it('is not ready, answers nothing, and names the mend', async () => {
    const bare = await startTimeline({ views: false });
    try {
      const ready = await fetch(`${bare.url}/health/ready`);
      expect([ready.status, await ready.json()]).toEqual([
        503,
        {
          status: 'not-ready',
          reasons: [expect.objectContaining({ code: 'views-missing', mend: 'run `litopys rebuild`' })],
        },
      ]);
      expect((await fetch(`${bare.url}/v1/entries`)).status).toBe(503);
    } finally {
      await bare.close();
    }
  });
});
