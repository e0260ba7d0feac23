import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  COLLECTIONS,
  EVENT_TYPE_NAMES,
  isRecord,
  versionsOf,
  type Collection,
  type EventTypeName,
  type JsonObject,
} from '#libs/contracts';
import { requestOf, type SentEvent } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';
import { entryAnswer } from './entry-answers.js';

/** The published examples, each on a stream of its own. */
const EXAMPLES = EVENT_TYPE_NAMES.filter((name) => !isRecord(name)).flatMap((name) =>
  versionsOf(name).map((version) => {
    const file = `events/${name}/v${version}.example.json`;
    const sent = JSON.parse(readFileSync(file, 'utf8')) as SentEvent & { data: JsonObject };
    const subject = `${sent.subject}-${name.replace('.', '-')}-v${version}`;
    return { name, version, sent: { ...sent, id: `${name} ${version}`, subject }, entry: `${subject}@1` };
  }),
);

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await startTimeline();
  await timeline.add(
    EXAMPLES.map(({ sent, name, version }) => ({
      ...requestOf(sent),
      dataschema: `urn:litopys:schema:${name}:v${version}`,
    })),
  );
}, 60_000);
afterAll(() => timeline.close());

interface Listed {
  readonly entries: readonly { readonly entry: string; readonly type: string; readonly kind: string }[];
  readonly next_cursor: string | null;
}

describe('an entry of every type', () => {
  it.each(EXAMPLES.map((one) => [`${one.name} v${one.version}`, one] as const))(
    '%s tells all that its event tells',
    async (_name, { name, sent, entry }) => {
      const told = await timeline.answer<JsonObject>(`/v1/entries/${entry}`);
      expect(entryAnswer.safeParse(told).error).toBeUndefined();
      const { slug: _slug, known_basis: _basis, by, ...data } = sent.data;
      // The one type with a former version calls this otherwise by now.
      const renamed = sent.type === 'litopys.agreement.signed.v1' ? { manner: by ?? 'signature' } : { by };
      expect(told).toMatchObject({
        type: name,
        retracted: false,
        ...data,
        ...(Object.values(renamed).some((value) => value !== undefined) && renamed),
      });
    },
  );

  it.each(EVENT_TYPE_NAMES.filter((name) => !isRecord(name)))('type=%s finds it, and nothing else', async (name) => {
    const { entries } = await timeline.answer<Listed>(`/v1/entries?type=${name}`);
    const own = EXAMPLES.filter((one) => one.name === name).map(({ entry }) => entry);
    expect(entries.map(({ entry }) => entry).toSorted()).toEqual(own.toSorted());
  });

  it('kind= knows every kind, type= several types at once, and both together', async () => {
    for (const { kind } of Object.values<Collection>(COLLECTIONS)) {
      const { entries } = await timeline.answer<Listed>(`/v1/entries?kind=${kind}&limit=200`);
      const own = EXAMPLES.filter(({ sent }) => sent.subject.startsWith(`${kind}/`));
      expect([kind, entries.length]).toEqual([kind, own.length]);
      expect(own.length).toBeGreaterThan(0);
    }
    const types: EventTypeName[] = ['transfer.disbursed', 'transfer.delivered'];
    const both = await timeline.answer<Listed>(`/v1/entries?type=${types.join(',')}&kind=pledge`);
    expect(both.entries.map(({ type }) => type)).toEqual(['transfer.delivered']);
  });

  it('type= refuses what is no entry, and says what is', async () => {
    const response = await timeline.ask('/v1/entries?type=record.corrected');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('measure.advanced');
  });
});
