import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventTypeName } from '#libs/contracts';
import { exampleEvent } from '../../../../test/support/sent-events.js';
import { startTimeline, type TestTimeline } from '../../../../test/support/timeline.js';

type Data = Record<string, unknown>;

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await startTimeline();
}, 60_000);
afterAll(() => timeline.close());

const tell = (type: EventTypeName, stream: string, data: Data): Promise<number> =>
  timeline.add([exampleEvent(type, stream, { title: type, occurred: '2022-11-14', ...data })]);

const cad = (amount: number): Data => ({ amount: String(amount), currency: 'CAD', qualifier: 'exact' });

const announce = (slug: string, sum: number | null, more: Data = {}): Promise<number> =>
  tell('pledge.announced', `pledge/${slug}`, {
    slug,
    title: slug,
    known_since: '2022-11-14',
    ...(sum !== null && { money: cad(sum) }),
    instrument: 'loan',
    category: 'military',
    parties: [
      { id: 'state:ca', name: 'Canada', role: 'donor' },
      { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' },
    ],
    ...more,
  });

interface SumText {
  readonly low: string | null;
  readonly stated: string;
  readonly high: string | null;
}
interface Level {
  readonly currency: string;
  readonly sum: SumText;
  readonly through_parts: SumText;
  readonly left: SumText | null;
}
interface Ledger {
  readonly announced: SumText;
  readonly counted_new: { readonly sum: SumText; readonly taken_off: Data[] };
  readonly face: Data | null;
  readonly cancelled: Data | null;
  readonly allocated: Level[];
  readonly disbursed: Level[];
  readonly delivered: Level[];
  readonly draws: Data[];
  readonly findings: { readonly id: string; readonly events: string[] }[];
  readonly lines: Data[];
  readonly amendments: Data[];
}
const ledger = (slug: string, pins = ''): Promise<Ledger> => timeline.answer<Ledger>(`/v1/pledges/${slug}${pins}`);
const stated = (levels: readonly Level[]): unknown => levels.map(({ currency, sum }) => [currency, sum.stated]);

describe('draws on a pledge', () => {
  it("told on its own stream, and on a transfer's that draws on several, are in its ledger, each with its source", async () => {
    await announce('loan-250', 250);
    await announce('loan-200', 200);
    await tell('transfer.disbursed', 'transfer/august-loans', {
      slug: 'august-loans',
      title: 'Both are paid out',
      occurred: '2022-12-01',
      counts_as: 'increment',
      side: 'sent',
      draws: [
        { pledge: 'pledge/loan-250', money: cad(240) },
        { pledge: 'pledge/loan-200', money: cad(200) },
      ],
    });
    await tell('transfer.repaid', 'pledge/loan-250', {
      occurred: '2024',
      counts_as: 'cumulative',
      draws: [{ money: cad(30) }],
    });
    const told = await ledger('loan-250');
    expect(told).toMatchObject({
      disbursed: [{ currency: 'CAD', sum: { stated: '240' }, left: { stated: '10' } }],
      repaid: [{ sum: { stated: '30' }, left: null }],
      delivered: [],
      draws: [
        {
          event: 'transfer/august-loans@1',
          stage: 'disbursed',
          occurred: '2022-12-01',
          side: 'sent',
          adds: { currency: 'CAD', sum: { stated: '240' } },
          through: null,
          citations: [{ publisher: 'Test' }],
        },
        { event: 'pledge/loan-250@2', stage: 'repaid', counts_as: 'cumulative' },
      ],
      findings: [],
    });
    expect(stated((await ledger('loan-200')).disbursed)).toEqual([['CAD', '200']]);
    const { pledges } = await timeline.answer<{ pledges: (Ledger & { pledge: string })[] }>(
      '/v1/pledges?instrument=loan',
    );
    expect(pledges.find((one) => one.pledge === 'pledge/loan-250')).toMatchObject({ disbursed: told.disbursed });
  });

  it('two words of one payment count once, and differ by a finding', async () => {
    await announce('loan-450', 450);
    const paid = {
      slug: 'loan-payment',
      counts_as: 'increment',
      draws: [{ pledge: 'pledge/loan-450', money: cad(450) }],
    };
    await tell('transfer.disbursed', 'transfer/loan-payment', { ...paid, occurred: '2022-08-17', side: 'sent' });
    await tell('transfer.disbursed', 'transfer/loan-payment', {
      ...paid,
      slug: undefined,
      occurred: '2022-08-18',
      side: 'received',
      refs: [{ relation: 'same-as', target: 'transfer/loan-payment@1' }],
    });
    const told = await ledger('loan-450');
    expect(stated(told.disbursed)).toEqual([['CAD', '450']]);
    expect(told.draws).toMatchObject([
      { event: 'transfer/loan-payment@1', because: null, same_as: ['transfer/loan-payment@2'] },
      { event: 'transfer/loan-payment@2', because: 'counted-by-the-sender', adds: null },
    ]);
    expect(told.findings).toMatchObject([
      {
        id: 'sides-differ:transfer/loan-payment@2:/occurred',
        events: ['transfer/loan-payment@1', 'transfer/loan-payment@2'],
      },
    ]);
  });

  it('that a record relates to it later count from the day on which that became known', async () => {
    await announce('howitzers', 500);
    await tell('transfer.delivered', 'transfer/m777', {
      slug: 'm777',
      occurred: '2022-12-22',
      known_since: '2022-12-22',
      counts_as: 'increment',
      draws: [{ money: cad(60), handover: 'handed-over' }],
    });
    await tell('record.related', 'transfer/m777', {
      title: undefined,
      occurred: undefined,
      about: 'transfer/m777@1',
      known_since: '2023-02-01',
      refs: [{ relation: 'draws-on', target: 'pledge/howitzers' }],
    });
    expect(stated((await ledger('howitzers')).delivered)).toEqual([['CAD', '60']]);
    expect((await ledger('howitzers', '?as_known_at=2023-01-31')).delivered).toEqual([]);
    expect((await ledger('howitzers', '?as_known_at=2023-02-01')).delivered).toHaveLength(1);
  });

  it('on a part are drawn through it; a link that a record brings counts as any other (M2)', async () => {
    await announce('november', 500);
    await announce('nasams', 406);
    const related = await tell('record.related', 'pledge/nasams', {
      title: undefined,
      occurred: undefined,
      about: 'pledge/nasams@1',
      known_since: '2023-01-10',
      refs: [{ relation: 'part-of', target: 'pledge/november', money: cad(406) }],
    });
    await tell('transfer.delivered', 'pledge/nasams', {
      occurred: '../2024-11-21',
      known_since: '2024-11-21',
      counts_as: 'increment',
      completes: true,
      draws: [{ money: cad(406), handover: 'handed-over' }],
    });
    expect((await ledger('nasams')).counted_new).toMatchObject({
      sum: { stated: '0' },
      taken_off: [{ rule: 'M2', against: 'pledge/november', told_by: 'pledge/nasams@1' }],
    });
    expect((await ledger('nasams', `?as_recorded_at=${related - 1}`)).counted_new.sum.stated).toBe('406');
    expect((await ledger('nasams', '?as_known_at=2022-12-31')).counted_new.sum.stated).toBe('406');
    expect(await ledger('november')).toMatchObject({
      delivered: [{ sum: { stated: '406' }, through_parts: { stated: '406' }, left: { stated: '94' } }],
      draws: [{ event: 'pledge/nasams@3', through: 'pledge/nasams' }],
    });
  });

  it('do not make the promise another’s by what their event refers to', async () => {
    await announce('envelope', 900);
    await announce('own-money', 100);
    await tell('transfer.disbursed', 'pledge/own-money', {
      occurred: '2023-01-05',
      counts_as: 'increment',
      draws: [{ money: cad(10) }],
      refs: [
        { relation: 'draws-on', target: 'pledge/envelope' },
        { relation: 'same-as', target: 'pledge/envelope@1' },
      ],
    });
    const told = await ledger('own-money');
    expect([told.counted_new.sum.stated, told.announced.stated]).toEqual(['100', '100']);
    expect(told.draws).toMatchObject([{ adds: { sum: { stated: '10' } } }]);
  });

  it('by line, over it with a finding; what is on its way is not delivered', async () => {
    await announce('vehicles', 100, {
      lines: [{ id: 'acsv', label: 'Vehicles', category: 'military', money: cad(60) }],
    });
    await tell('transfer.delivered', 'pledge/vehicles', {
      occurred: '2024-06-13',
      counts_as: 'increment',
      draws: [
        { line: 'acsv', money: cad(70), handover: 'handed-over' },
        { handover: 'dispatched', quantities: [{ item: 'vehicle', as_written: 'four', count: 4, qualifier: 'exact' }] },
      ],
    });
    expect(await ledger('vehicles')).toMatchObject({
      delivered: [{ sum: { low: '70', stated: '70', high: '70' } }],
      lines: [{ id: 'acsv', drawn: { delivered: { stated: '70' }, disbursed: null } }],
      draws: [{ line: 'acsv' }, { because: 'not-handed-over', quantities: [{ count: 4 }] }],
      findings: [{ id: 'draws-over-line:pledge/vehicles:/lines/acsv/delivered', by: 'M13', difference: '10' }],
    });
  });

  it('are there before the pledge itself is known', async () => {
    await tell('transfer.disbursed', 'pledge/unheard-of', {
      slug: 'unheard-of',
      counts_as: 'increment',
      draws: [{ money: cad(5) }],
    });
    expect(await ledger('unheard-of')).toMatchObject({
      opening: null,
      listed: 'unstated',
      disbursed: [{ sum: { stated: '5' } }],
    });
  });
});

describe('an amended pledge', () => {
  it('has the first sum that was told of it, from the day on which that was known', async () => {
    await announce('bond', null);
    await tell('pledge.amended', 'pledge/bond', {
      occurred: '2022-11-21',
      known_since: '2022-11-21',
      money: { ...cad(500), reported_as: [{ amount: '400', currency: 'USD' }] },
    });
    expect(await ledger('bond', '?as_known_at=2022-11-20')).toMatchObject({ face: null, listed: 'unstated' });
    expect(await ledger('bond')).toMatchObject({
      face: { amount: '500' },
      announced: { stated: '500' },
      listed: null,
      amendments: [{ event: 'pledge/bond@2', sets: { money: { amount: '500' } } }],
      explain: { gross: [{ told_by: ['pledge/bond@1', 'pledge/bond@2'] }] },
    });
  });

  it('has the terms that happened last, whatever was learnt last; what told a former sum says nothing of this one', async () => {
    const rival = {
      publisher: 'Rival',
      title: 'Rival',
      language: 'en',
      standing: 'press',
      says: { '/money': cad(90) },
    };
    await announce('terms', 100, {
      lines: [{ id: 'aa', label: 'aa', category: 'military', money: cad(10) }],
      citations: [rival],
      due: '2023',
    });
    const amend = (occurred: string, more: Data): Promise<number> =>
      tell('pledge.amended', 'pledge/terms', { occurred, known_since: '2024-05-01', ...more });
    expect(await ledger('terms')).toMatchObject({ residuals_by_citation: [{ publisher: 'Rival' }] });
    await amend('2024-03', { money: cad(300), due: '2025' });
    await amend('2023-03', { money: cad(200), instrument: 'grant', category: 'energy' });
    expect(await ledger('terms')).toMatchObject({
      face: { amount: '300' },
      announced: { stated: '300' },
      residual: { stated: '290' },
      instrument: 'grant',
      category: 'energy',
      due: '2025',
      residuals_by_citation: [],
    });
    expect(await ledger('terms', '?as_known_at=2023-12-31')).toMatchObject({ face: { amount: '100' }, due: '2023' });
  });
});

describe('a cancelled pledge', () => {
  it('counts what had been drawn, from the day on which its end was known', async () => {
    await announce('ended', 500, { occurred: '2022-11-14' });
    await tell('transfer.delivered', 'pledge/ended', {
      occurred: '2023-03-01',
      known_since: '2023-03-01',
      counts_as: 'increment',
      draws: [{ money: cad(120), handover: 'handed-over' }],
    });
    await tell('pledge.cancelled', 'pledge/ended', {
      occurred: '2023-12',
      known_since: '2023-12-31',
      reason: 'The rest lapsed.',
    });
    await tell('transfer.delivered', 'pledge/ended', {
      occurred: '2024-02-01',
      known_since: '2024-02-01',
      counts_as: 'increment',
      draws: [{ money: cad(1), handover: 'handed-over' }],
    });
    expect(await ledger('ended', '?as_known_at=2023-12-30')).toMatchObject({
      cancelled: null,
      announced: { stated: '500' },
      delivered: [{ left: { stated: '380' } }],
    });
    expect(await ledger('ended')).toMatchObject({
      cancelled: { event: 'pledge/ended@3', reason: 'The rest lapsed.' },
      face: { amount: '500' },
      announced: { low: '120', stated: '120', high: '120' },
      counted_new: { sum: { stated: '120' } },
      delivered: [{ sum: { stated: '121' }, left: null }],
      explain: { gross: [{ cancelled_by: 'pledge/ended@3' }] },
      findings: [
        {
          id: 'draw-after-cancellation:pledge/ended@4:/occurred',
          stream: 'pledge/ended',
          events: ['pledge/ended@4', 'pledge/ended@3'],
        },
      ],
    });
    await announce('paid-from-ended', 200, { refs: [{ relation: 'draws-on', target: 'pledge/ended' }] });
    await announce('more-from-ended', 10, { refs: [{ relation: 'draws-on', target: 'pledge/ended' }] });
    expect((await ledger('paid-from-ended')).counted_new.sum.stated).toBe('80');
    expect((await ledger('more-from-ended')).counted_new.sum.stated).toBe('10');
  });
});
