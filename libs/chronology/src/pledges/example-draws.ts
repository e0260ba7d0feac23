import { edtfBounds, type Money } from '#libs/contracts';
import type { Draw, Stage } from '../draws/draw.js';
import { drawnOn, type StageDrawn } from './explain-drawn-on.js';
import { drawFindings } from './explain-findings-drawn.js';
import { countingOf, joinedOf } from './explain.js';
import type { Sum } from './explain-sums.js';
import type { PromiseState } from './promise.js';

/** Draws for specs, in millions, and how specs look at them. */

let told = 0;

/** A draw of a stage on a promise, each of an event of its own; the giver's word, so much more, handed over. */
export function draw(stage: Stage, occurred: string, money: Money | null = null, more: Partial<Draw> = {}): Draw {
  told += 1;
  const { from, to } = edtfBounds(occurred);
  const event = more.event ?? `transfer/t-${told}@1`;
  const known = more.knownSince ?? to ?? '2026-01-01';
  return {
    event,
    key: '0',
    stage,
    pledge: 'pledge/p',
    line: null,
    money,
    conversions: [],
    handover: stage === 'delivered' ? 'handed-over' : null,
    countsAs: 'increment',
    side: 'sent',
    completes: false,
    occurred,
    first: from,
    last: to ?? known,
    knownSince: known,
    position: told,
    isOfficial: false,
    joined: [event],
    told: { title: event, citations: [] },
    ...more,
  };
}

export const cumulative = (stage: Stage, occurred: string, money: Money | null, more: Partial<Draw> = {}): Draw =>
  draw(stage, occurred, money, { countsAs: 'cumulative', ...more });

/** Draws that a same-as makes one movement. */
export function oneMovement(...draws: Draw[]): Draw[] {
  const joined = draws.map(({ event }) => event);
  return draws.map((one) => ({ ...one, joined }));
}

export function stageOf(stream: string, promises: readonly PromiseState[], stage: Stage): StageDrawn {
  const counting = countingOf(promises);
  const promise = promises.find((one) => one.stream === stream);
  const drawn = promise && drawnOn(counting.parts, joinedOf(counting, promise)).find((one) => one.stage === stage);
  if (!drawn) throw new Error(`no ${stage} of ${stream}`);
  return drawn;
}

/** The level of a stage in its first currency. */
export const levelIn = (stream: string, promises: readonly PromiseState[], stage: Stage): Sum | undefined =>
  stageOf(stream, promises, stage).levels[0]?.sum;

export function oddDraws(stream: string, promises: readonly PromiseState[], stage: Stage): unknown[] {
  const counting = countingOf(promises);
  const promise = promises.find((one) => one.stream === stream);
  if (!promise) throw new Error(`no ${stream}`);
  return drawFindings(counting.parts, joinedOf(counting, promise), stage).map(({ rule, at, field, difference }) => [
    rule,
    at,
    field,
    difference === null ? null : Number(difference) / 1e9,
  ]);
}
