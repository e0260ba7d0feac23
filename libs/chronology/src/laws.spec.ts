import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalJson,
  edtfBounds,
  isTelling,
  kindOf,
  mend,
  pointersOverlap,
  tellAt,
  valueAt,
  withValueAt,
  type Day,
  type Json,
  type KnownRow,
  type StreamEvent,
} from '#libs/contracts';
import { anyHistory, history, LOOKS, PATHS_TO_MEND, withRecord } from '../../../test/support/histories.js';
import { VIEWS } from './views.js';

const AS_IT_SHOULD_HAVE_BEEN = {
  '/title': 'as it should have been',
  '/occurred': '2023-05-05',
  '/money/amount': '777',
  '/counts_as': 'cumulative',
} as const satisfies Record<(typeof PATHS_TO_MEND)[number], string>;

const runs = { numRuns: Number(process.env['LAW_RUNS'] ?? 300) };

const allRows = (events: readonly StreamEvent[]): KnownRow[] => {
  const [first] = events;
  const shown = VIEWS.filter((view) => first && (view.kinds?.includes(kindOf(first.stream)) ?? true));
  return shown.flatMap((view) => view.rows(events));
};

/** The rows that hold at a known day, without their ranges; as text, in one order. */
const readAt = (rows: readonly KnownRow[], day: Day, strip: (row: KnownRow) => unknown = (row) => row): string[] =>
  rows
    .filter((row) => row.knownFrom <= day && (row.knownTo === null || row.knownTo > day))
    .map((row) => canonicalJson({ ...(strip({ ...row }) as object), knownFrom: null, knownTo: null }))
    .sort();

/** Names (streams' versions), positions and revisions are not what is told. */
function withoutNames(row: KnownRow): unknown {
  const forget = ['records', 'findings', 'event', 'position', 'recorded_at', 'opening_version', 'opening_position'];
  const text = JSON.stringify(row.columns, (key, value: unknown) => (forget.includes(key) ? undefined : value));
  return { table: row.table, key: row.key, columns: JSON.parse(text) as unknown };
}

/** Nor, where only the order of learning differs, the days of knowledge. */
function withoutKnowledge(row: KnownRow): unknown {
  const text = JSON.stringify(withoutNames(row), (key, value: unknown) => (key === 'known_since' ? undefined : value));
  return JSON.parse(text) as unknown;
}

/** The known day from which a record does anything at all; before the first where it holds at every known day. */
function dateOfEffect(events: readonly StreamEvent[], event: StreamEvent): Day {
  const mended = mend(events);
  if (isTelling(event)) return mended.find((one) => one.event.version === event.version)?.knownSince ?? '';
  const effects = mended.flatMap((one) =>
    one.steps.filter((step) => step.version === event.version).map((step) => step.effect),
  );
  return effects.sort()[0] ?? '';
}

describe('rows of random histories', () => {
  it('law Known: read at d, are the rows of the events whose date of effect is not later than d', () => {
    fc.assert(
      fc.property(anyHistory(), fc.nat(), fc.constantFrom(...LOOKS), (events, cut, day) => {
        const upTo = events.slice(0, 1 + (cut % events.length));
        const known = upTo.filter((event) => dateOfEffect(upTo, event) <= day);
        expect(readAt(allRows(upTo), day)).toEqual(readAt(allRows(known), day));
      }),
      runs,
    );
  });

  it('law Learning order: with everything known, neither the order of appending nor the days of knowledge change a state', () => {
    const tellings = history('pledge')
      .map((events) => events.filter(isTelling))
      .filter((events) => {
        const days = events.map((event) => edtfBounds(event.data.occurred).foldDay);
        return events.length > 1 && new Set(days).size === days.length;
      });
    fc.assert(
      fc.property(
        tellings,
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.constantFrom(...LOOKS.slice(1, 6))),
        (events, order, days) => {
          const shuffled = events
            .map((event) => ({ event, at: order.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ event }, index) => ({
              ...event,
              version: index + 1,
              position: index + 1,
              knownSince: days.next().value as Day,
            }));
          const state = (all: readonly StreamEvent[]): string[] =>
            readAt(
              allRows(all).filter((row) => row.table !== 'entries' && row.table !== 'entry_refs'),
              '9999-12-31',
              withoutKnowledge,
            );
          expect(state(shuffled as StreamEvent[])).toEqual(state(events));
        },
      ),
      runs,
    );
  });

  it('law Mending: a recording error x to y answers at every known day as a history that stored y', () => {
    fc.assert(
      fc.property(
        fc.oneof(history('pledge'), history('transfer')),
        fc.nat(),
        fc.constantFrom(...PATHS_TO_MEND),
        fc.constantFrom(...LOOKS),
        (events, pick, path, recordDay) => {
          const mended = mend(events);
          const target = mended[pick % mended.length];
          const stored = target && valueAt(target.event.data, path);
          const firstDay = target && tellAt(target, target.knownSince);
          // What the decider refuses cannot be mended: another value than the stored one at the date of effect.
          fc.pre(target !== undefined && stored !== undefined && firstDay !== undefined);
          const touched = target.steps.some(
            (step) =>
              step.kind === 'change' &&
              pointersOverlap(step.change.path, path) &&
              (step.effect <= target.knownSince || step.change.to === stored),
          );
          fc.pre(!touched);
          const to = AS_IT_SHOULD_HAVE_BEEN[path];
          const about = `${target.event.stream}@${target.event.version}`;
          const corrected = withRecord(events, 'record.corrected', recordDay, {
            about,
            because: 'recording-error',
            changes: [{ path, from: stored, to }],
          });
          const rewritten = events.map((event) =>
            event === target.event
              ? ({ ...event, data: withValueAt(event.data as Json, path, to) } as unknown as StreamEvent)
              : event,
          );
          for (const day of LOOKS)
            expect(readAt(allRows(corrected), day, withoutNames)).toEqual(
              readAt(allRows(rewritten), day, withoutNames),
            );
        },
      ),
      runs,
    );
  });

  it('law Mending: a retraction as a recording error answers at every known day as a history without the event', () => {
    fc.assert(
      fc.property(
        fc.oneof(history('pledge'), history('transfer')),
        fc.nat(),
        fc.constantFrom(...LOOKS),
        (events, pick, recordDay) => {
          const target = mend(events)[pick % mend(events).length];
          fc.pre(target !== undefined && target.steps.every((step) => step.kind === 'change'));
          const about = `${target.event.stream}@${target.event.version}`;
          const retracted = withRecord(events, 'record.retracted', recordDay, { about, because: 'recording-error' });
          const without = events.filter(
            (event) => event !== target.event && (isTelling(event) || event.data.about !== about),
          );
          const shown = (all: readonly StreamEvent[], day: Day): string[] =>
            readAt(
              allRows(all).filter((row) => row.columns['retracted'] !== true),
              day,
              withoutNames,
            );
          for (const day of LOOKS) expect(shown(retracted, day)).toEqual(shown(without, day));
        },
      ),
      runs,
    );
  });
});
