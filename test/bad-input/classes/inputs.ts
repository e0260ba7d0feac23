import fc from 'fast-check';
import { SCHEMAS } from '#libs/contracts';
import type { Candidate } from '../candidate.js';
import type { EventInput } from '../input.js';
import { candidateOf, type ValidEvent } from '../valid.js';
import { WAYS, type Way } from '../ways.js';

type Judged = Pick<EventInput, 'expected' | 'rule' | 'status'>;

/** Candidates by any of the ways. */
export const byWays = (
  candidates: fc.Arbitrary<Candidate>,
  judged: Judged,
  ways: readonly Way[] = WAYS,
): fc.Arbitrary<EventInput> =>
  fc.record({ candidate: candidates, way: fc.constantFrom(...ways) }).map((input) => ({ ...input, ...judged }));

/** Events with data that its schema may or may not take, by any of the ways: what it does not take must be refused. */
export const asSchemasSay = (events: fc.Arbitrary<ValidEvent>): fc.Arbitrary<EventInput> =>
  fc.record({ event: events, way: fc.constantFrom(...WAYS) }).map(({ event, way }) => ({
    candidate: candidateOf(event),
    way,
    expected: SCHEMAS[event.type].safeParse(event.data).success ? 'either' : 'refused',
  }));
