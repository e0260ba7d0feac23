import { expect, it } from '@jest/globals';
import { paceOf } from './progress.js';

it('tells rate and time left', () => {
  expect(paceOf(3000, 9000, 1500)).toEqual({ rate: '2,000', left: '3 s' });
  expect(paceOf(1000, 181_000, 1000)).toEqual({ rate: '1,000', left: '3 min 0 s' });
});

it('tells none before anything is done', () => {
  expect(paceOf(0, 10, 1000)).toEqual({ rate: '–', left: '–' });
});
