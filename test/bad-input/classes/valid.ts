import fc from 'fast-check';
import { candidateOf, example, validEvent } from '../valid.js';
import { WAYS } from '../ways.js';
import type { InputClass } from './input-class.js';

export const validClasses: readonly InputClass[] = [
  {
    name: 'examples',
    inputs: fc
      .record({ event: example, way: fc.constantFrom(...WAYS) })
      .map(({ event, way }) => ({ candidate: candidateOf(event), way, expected: 'taken' as const })),
  },
  {
    name: 'whatever the schemas take',
    weight: 4,
    inputs: fc
      .record({ event: validEvent, way: fc.constantFrom(...WAYS) })
      .map(({ event, way }) => ({ candidate: candidateOf(event), way, expected: 'taken' as const })),
  },
];
