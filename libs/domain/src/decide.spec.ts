import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  daysOfEffect,
  isRecordEvent,
  mend,
  SCHEMAS,
  shortType,
  splitName,
  tellAt,
  type MendedEvent,
  type StreamEvent,
} from '#libs/contracts';
import { history } from '../../../test/support/histories.js';
import type { Command } from './command.js';
import { decide } from './decide.js';
import { evolve, type History } from './history.js';
import { linesIn } from './pledges/lines.js';

const RUNS = Number(process.env['LAW_RUNS'] ?? 200);

/** Line ids as authors who do not look take them: again and again. */
const withFewLineIds = (data: object): object =>
  JSON.parse(JSON.stringify(data).replaceAll(/line-(\d+)-/g, (_, version) => `line-${Number(version) % 4}-`)) as object;

/** What an author meant to record, as a producer would be asked for it. */
function commandOf(event: StreamEvent, isFirst: boolean): Command {
  const slug = isFirst && !isRecordEvent(event) ? { slug: event.stream.slice(event.stream.indexOf('/') + 1) } : {};
  const data = { ...slug, ...withFewLineIds(event.data), known_since: event.knownSince };
  return { type: shortType(event.type), stream: event.stream, data, now: event.recordedAt } as Command;
}

/** Every history that the deciders let come about while an author tries all of a random one. */
function decided(events: readonly StreamEvent[]): History[] {
  const histories: History[] = [[]];
  for (const event of events) {
    const soFar = histories.at(-1) ?? [];
    const decision = decide(soFar, commandOf(event, soFar.length === 0));
    if (decision.accepted) histories.push(evolve(soFar, decision.event));
  }
  return histories;
}

const isValidEveryDay = (mended: MendedEvent): boolean =>
  daysOfEffect(mended).every(
    (day) => SCHEMAS[shortType(mended.event.type)].safeParse(tellAt(mended, day)?.data).success,
  );

function lineIdsEver(mended: MendedEvent): Set<string> {
  const told = daysOfEffect(mended).flatMap((day) => tellAt(mended, day)?.data ?? []);
  return new Set([mended.event.data, ...told].flatMap(linesIn).map(({ id }) => id));
}

/** What the last record of a history says of stale values, on the days from which its own changes hold. */
function ownFindings(history: History): number {
  const last = history.at(-1);
  if (!last || !isRecordEvent(last)) return 0;
  const about = mend(history).find(({ event }) => event.version === splitName(last.data.about).version);
  const days = about?.steps.filter((step) => step.version === last.version).map((step) => step.effect) ?? [];
  return days
    .flatMap((day) => (about && tellAt(about, day)?.findings) ?? [])
    .filter((one) => one.version === last.version).length;
}

describe('whatever is accepted, in whatever order', () => {
  const property = (holds: (history: History) => boolean) =>
    fc.assert(
      fc.property(
        fc.constantFrom('pledge' as const, 'statement' as const).chain((kind) => history(kind, 12)),
        (events) => decided(events).every(holds),
      ),
      { numRuns: RUNS },
    );

  it('numbers the events of a stream without a gap', () => {
    property((one) => one.every(({ version }, index) => version === index + 1));
  });

  it('leaves every event valid by its schema at every known day', () => {
    property((one) => mend(one).every(isValidEveryDay));
  });

  it('changes what stands where it takes effect', () => {
    property((one) => ownFindings(one) === 0);
  });

  it('leaves every line id to one event, on whatever day it is told', () => {
    property((one) => {
      const ids = mend(one).flatMap((mended) => [...lineIdsEver(mended)]);
      return new Set(ids).size === ids.length;
    });
  });

  it('is some of what authors try, and not all', () => {
    const tried = fc.sample(history('pledge', 12), { numRuns: 200, seed: 7 });
    const accepted = tried.map((events) => (decided(events).at(-1) ?? []).length);
    const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
    const share = sum(accepted) / sum(tried.map((events) => events.length));
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.95);
    const types = new Set(tried.flatMap((events) => (decided(events).at(-1) ?? []).map(({ type }) => type)));
    for (const record of ['corrected', 'retracted', 'reinstated'])
      expect(types).toContain(`litopys.record.${record}.v1`);
  });
});
