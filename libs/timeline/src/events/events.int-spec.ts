import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP, type CloudEventV1 } from 'cloudevents';
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
  interface Recorded {
    subject: string;
    sequence: string;
    position: string;
    source: string;
    id: string;
    datahash: string;
  }

  it('come in the order of the journal, page by page, with their data byte for byte', async () => {
    const found: Recorded[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: { events: Recorded[]; next_after: number | null } = await timeline.answer(
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
    const named = (await response.json()) as Recorded;
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

describe('an event in the forms of CloudEvents', () => {
  const PATH = '/v1/events/pledge/2025-g7-military-package@4';
  const [STRUCTURED, BATCH] = ['application/cloudevents+json', 'application/cloudevents-batch+json'];

  /** What the official SDK makes of an answer. */
  async function read(path: string, accept?: string): Promise<CloudEventV1<unknown> | CloudEventV1<unknown>[]> {
    const response = await timeline.ask(path, accept === undefined ? {} : { accept });
    return HTTP.toEvent({ headers: Object.fromEntries(response.headers), body: await response.text() });
  }

  // It puts in the moment of reading where an event has no time of its own.
  const withoutTime = (event: object): object => ({ ...event, time: undefined });

  it('is read by the official SDK, the same event in structured and in binary mode', async () => {
    const structured = (await read(PATH)) as CloudEventV1<object>;
    const binary = (await read(PATH, 'application/json')) as CloudEventV1<object>;
    expect(structured).toMatchObject({
      sequence: '4',
      type: 'litopys.record.corrected.v1',
      position: expect.any(String),
    });
    expect(withoutTime({ ...binary, datacontenttype: 'application/json' })).toEqual(withoutTime(structured));
    for (const event of [structured, binary]) expect(new CloudEvent({ ...event }).validate()).toBe(true);
  });

  it('comes in the form that Accept or format= asks for, and says so to caches', async () => {
    const forms = async (path: string, accept: string) => {
      const { headers } = await timeline.ask(path, { accept });
      return [headers.get('content-type')?.split(';')[0], headers.get('vary'), headers.get('ce-id') !== null];
    };
    expect(await forms(PATH, '*/*')).toEqual([STRUCTURED, 'accept', false]);
    expect(await forms(PATH, 'text/html')).toEqual([STRUCTURED, 'accept', false]);
    expect(await forms(PATH, `application/json;q=0.5, ${STRUCTURED}`)).toEqual([STRUCTURED, 'accept', false]);
    expect(await forms(`${PATH}?format=binary`, STRUCTURED)).toEqual(['application/json', 'accept', true]);
    expect(await forms('/v1/events', '*/*')).toEqual(['application/json', 'accept', false]);
    expect(await forms('/v1/events', BATCH)).toEqual([BATCH, 'accept', false]);
    expect(await (await timeline.ask('/v1/events?format=binary')).json()).toMatchObject({
      errors: [{ field: 'format', detail: expect.stringContaining('json, batch') }],
    });
  });

  it('holds its data byte for byte in binary mode', async () => {
    const response = await timeline.ask(`${PATH}?format=binary`);
    expect(dataHashOf(await response.text())).toBe(response.headers.get('ce-datahash'));
  });

  it('comes in batches too, each saying where the next is, and all of them are the journal', async () => {
    const events: CloudEventV1<unknown>[] = [];
    for (let path = '/v1/events?limit=20&format=batch'; path !== '';) {
      const response = await timeline.ask(path);
      const body = await response.text();
      events.push(
        ...(HTTP.toEvent({ headers: Object.fromEntries(response.headers), body }) as CloudEventV1<unknown>[]),
      );
      path = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
    }
    expect(events.length).toBe(historyRequests().length);
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => String(index + 1)));
  });
});
