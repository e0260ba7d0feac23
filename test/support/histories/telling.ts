import fc from 'fast-check';
import type { EventTypeName, Json } from '#libs/contracts';
import { source } from './days.js';

const occurred = fc.constantFrom(
  '2024-11-01',
  '2024-12',
  '2024',
  '2024-12-24',
  '2024-10/2024-12',
  '../2024-12-30',
  '2024-22',
);
const amount = fc.constantFrom('100', '200', '250.5', '300');
const word = fc.constantFrom('one', 'two', 'three');
const money = fc.record({ amount, currency: fc.constant('CAD'), qualifier: fc.constantFrom('exact', 'up-to') });

const parties = [
  { id: 'state:ca', name: 'Canada', role: 'donor' },
  { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' },
];

const common = fc.record({ title: word, occurred, citations: fc.constant([source]), parties: fc.constant(parties) });

/** A type, in an older version where it has one. */
export type TypeAt = EventTypeName | `${EventTypeName} v1`;

const TRANSFERS: TypeAt[] = ['transfer.allocated', 'transfer.disbursed', 'transfer.delivered', 'transfer.repaid'];

export const KIND_TYPES = {
  pledge: [
    'pledge.announced',
    'pledge.itemized',
    'pledge.restated',
    'pledge.amended',
    'pledge.cancelled',
    ...TRANSFERS,
  ],
  transfer: TRANSFERS,
  agreement: ['agreement.signed', 'agreement.signed v1', 'agreement.terminated'],
  statement: ['statement.issued'],
} as const satisfies Record<string, readonly TypeAt[]>;

/** Kinds of streams of which there are random histories. */
export type RandomKind = keyof typeof KIND_TYPES;
export const RANDOM_KINDS = Object.keys(KIND_TYPES) as RandomKind[];

export const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const lines = fc
  .array(fc.record({ label: word, money, category: fc.constant('military') }), { minLength: 1, maxLength: 2 })
  .map((all) => all.map((line, index) => ({ id: `line-0-${index}`, ...line })));
const refs = maybe(
  fc.constantFrom(
    [{ relation: 'about', target: 'pledge/another' }],
    [{ relation: 'draws-on', target: 'pledge/two' }],
    [{ relation: 'same-as', target: 'transfer/four@1' }],
  ),
);

/** Draws of a transfer; on a pledge's own stream they are of that pledge. */
const draws = (kind: RandomKind): fc.Arbitrary<Json[]> =>
  fc
    .array(
      fc.record({
        money: maybe(money),
        ...(kind === 'transfer' && { pledge: maybe(fc.constantFrom('pledge/one', 'pledge/two', 'pledge/nowhere')) }),
      }),
      { minLength: 1, maxLength: 2 },
    )
    .map((all) => all.map(plain));

const promised = { instrument: 'grant', category: 'military' };
const alone = fc.constant({});

/** Data of a telling event beside what all have; line ids are the version's own, as the decider wants them. */
function ownDataOf(type: TypeAt, kind: RandomKind): fc.Arbitrary<object> {
  switch (type) {
    case 'pledge.announced':
      return fc.record({ money: maybe(money), lines: maybe(lines), refs }).map((own) => ({ ...own, ...promised }));
    case 'pledge.itemized':
      return fc.record({ lines });
    case 'pledge.restated':
      return fc.record({ money });
    case 'pledge.amended':
      return fc.record({
        money: maybe(money),
        category: maybe(fc.constantFrom('energy', 'military')),
        refs,
        due: word.map(() => '2026'),
      });
    case 'pledge.cancelled':
      return fc.record({ reason: maybe(word) });
    case 'transfer.allocated':
      return fc
        .record({ draws: draws(kind), refs })
        .map((own) => ({ ...own, counts_as: 'increment', bound_to: [{ kind: 'fund', name: 'A fund' }] }));
    case 'transfer.delivered':
      return fc
        .record({ draws: draws(kind), refs, handover: fc.constantFrom('staged', 'handed-over') })
        .map(({ handover, draws: all, ...own }) => ({
          ...own,
          counts_as: 'cumulative',
          draws: all.map((draw) => ({ ...(draw as object), handover })),
        }));
    case 'transfer.disbursed':
    case 'transfer.repaid':
      return fc.record({
        draws: draws(kind),
        refs,
        counts_as: fc.constantFrom('increment', 'cumulative'),
        side: fc.constantFrom('sent', 'received'),
        completes: maybe(fc.boolean()),
      });
    case 'agreement.signed':
      return fc.record({ refs }).map((own) => ({ ...own, instrument: 'treaty', manner: 'signature' }));
    case 'agreement.signed v1':
      return fc
        .record({ refs, by: maybe(fc.constantFrom('adoption', 'signature')) })
        .map((own) => ({ ...own, instrument: 'treaty' }));
    case 'statement.issued':
      return fc.record({ refs }).map((own) => ({ ...own, form: 'speech' }));
    default:
      return alone;
  }
}

export const dataOf = (type: TypeAt, kind: RandomKind): fc.Arbitrary<Json> =>
  fc.record({ common, own: ownDataOf(type, kind) }).map((one) => plain({ ...one.common, ...one.own }));
