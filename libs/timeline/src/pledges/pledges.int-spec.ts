import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleEvent, historyRequests } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';

const G7 = '/v1/pledges/2025-g7-military-package';
/** The last position of the article's day, before the official list. */
const ARTICLE = 23;

let timeline: TestTimeline;

beforeAll(async () => {
  timeline = await startTimeline();
  await timeline.add(historyRequests());
}, 60_000);
afterAll(() => timeline.close());

describe('the ledger of the G7 pledge', () => {
  interface Pledge {
    announced: { stated: string };
    counted_new: { sum: { stated: string }; taken_off: unknown[] };
    itemized: { currency: string; sum: { stated: string } }[];
    residual: { stated: string; inexact: boolean };
    lines: { id: string; gives: { stated: string } }[];
    residuals_by_citation: { publisher: string; residual: { stated: string } }[];
    restatements: { event: string }[];
  }
  const millions = (pledge: Pledge): unknown[] => [
    ...pledge.lines.map((line) => Number(line.gives.stated) / 1e6),
    Number(pledge.residual.stated) / 1e6,
  ];

  it('2,000 announced, by the official list nothing left, and all of it new', async () => {
    const pledge = await timeline.answer<Pledge>(G7);
    expect([pledge.announced.stated, pledge.counted_new.sum.stated]).toEqual(['2000000000', '2000000000']);
    expect(millions(pledge)).toEqual([835, 680, 220, 165, 100, 0]);
    expect(pledge.residual.inexact).toBe(true);
    expect(pledge.restatements.map((one) => one.event)).toEqual(['pledge/2025-g7-military-package@2']);
  });

  it('as recorded when only the article was in: 265 left', async () => {
    expect(millions(await timeline.answer<Pledge>(`${G7}?as_recorded_at=${ARTICLE}`))).toEqual([835, 680, 220, 265]);
  });

  it('as known the day before: nothing itemized', async () => {
    expect(millions(await timeline.answer<Pledge>(`${G7}?as_known_at=2025-08-23`))).toEqual([2000]);
  });

  it('by the article, which names three lines of the five, 265 are left to this day', async () => {
    const { residuals_by_citation: rivals } = await timeline.answer<Pledge>(G7);
    const article = rivals.find((one) => one.publisher.includes('Xinhua'));
    expect(article?.residual.stated).toBe('265000000');
  });

  it('by an outlet that prints a line without its currency, no least is left, and the line is named', async () => {
    const { residuals_by_citation: rivals } = await timeline.answer<Pledge>(G7);
    expect(rivals.find((one) => one.publisher === 'Local News Wave')).toMatchObject({
      currency: 'CAD',
      residual: { low: null, stated: '680000000' },
      untied: ['purl'],
    });
  });

  it('nothing is paid from it: so nothing is said to be left, which is no word on what was spent', async () => {
    expect((await timeline.answer<Pledge>(G7))['paid_from_it']).toMatchObject({ pledges: [], left: null });
  });

  it('USD 500 million adds nothing', async () => {
    expect((await timeline.answer<Pledge>(G7)).itemized.map((one) => one.currency)).toEqual(['CAD']);
  });

  it('a part told the same day is not new, and says of which it is part', async () => {
    const loans = await timeline.answer<Pledge>('/v1/pledges/2024-loans-2400m');
    expect(loans.counted_new.sum.stated).toBe('0');
    expect(loans.counted_new.taken_off).toMatchObject([{ rule: 'M2', against: 'pledge/2024-support-3020m' }]);
    const whole = await timeline.answer<{ paid_from_it: { left: { stated: string } } }>(
      '/v1/pledges/2024-support-3020m',
    );
    expect(whole.paid_from_it.left.stated).toBe('300000000');
  });

  it('is the same in the list, which is counted with what the listed pledges depend on', async () => {
    interface Listed {
      pledge: string;
      counted_new: unknown;
      residual: unknown;
    }
    const { pledges } = await timeline.answer<{ pledges: Listed[] }>('/v1/pledges?instrument=loan');
    expect(pledges.map((one) => one.pledge)).toEqual(['pledge/2024-loans-2400m']);
    const whole = await timeline.answer<Listed>('/v1/pledges/2024-loans-2400m');
    expect(pledges[0]).toMatchObject({ counted_new: whole.counted_new, residual: whole.residual });
  });
});

describe('what is paid from a pledge that was told twice', () => {
  interface Paid {
    paid_from_it: { pledges: { pledge: string }[]; left: { stated: string } };
  }
  const announced = (slug: string, sum: string | undefined, refs: object[]) =>
    exampleEvent('pledge.announced', `pledge/${slug}`, {
      slug,
      title: slug,
      occurred: '2022-11-14',
      ...(sum && { money: { amount: sum, currency: 'CAD', qualifier: 'exact' } }),
      instrument: 'grant',
      category: 'military',
      parties: [
        { id: 'state:ca', name: 'Canada', role: 'donor' },
        { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' },
      ],
      refs,
    });

  it('is the same by either telling, whichever of them names it', async () => {
    await timeline.add([
      announced('told-first', '500', []),
      announced('told-again', '500', [{ relation: 'same-as', target: 'pledge/told-first' }]),
      announced('paid-by-again', '406', [{ relation: 'draws-on', target: 'pledge/told-again' }]),
      announced('paid-by-first', '90', [{ relation: 'draws-on', target: 'pledge/told-first' }]),
    ]);
    const [first, again] = await Promise.all(
      ['told-first', 'told-again'].map(
        async (slug) => (await timeline.answer<Paid>(`/v1/pledges/${slug}`)).paid_from_it,
      ),
    );
    expect(first?.left.stated).toBe('4');
    expect(first?.pledges.map((one) => one.pledge)).toEqual(['pledge/paid-by-again', 'pledge/paid-by-first']);
    expect(again).toEqual(first);
    expect(first).toMatchObject({ currency: 'CAD', left: { low: '4', high: '4' } });
  });

  it('claims no least that is left where a draw tells no figure', async () => {
    await timeline.add([
      announced('envelope-500', '500', []),
      announced('draws-untold', undefined, [{ relation: 'draws-on', target: 'pledge/envelope-500' }]),
    ]);
    expect((await timeline.answer<Paid>('/v1/pledges/envelope-500')).paid_from_it).toMatchObject({
      pledges: [{ pledge: 'pledge/draws-untold', sum: null, because: 'no-figure-to-take-from' }],
      left: { low: null, stated: '500', high: '500' },
    });
  });
});
