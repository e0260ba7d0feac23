import type fc from 'fast-check';
import type { Input } from '../input.js';

/** Inputs of one kind. */
export interface InputClass {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** How many of it there are beside a class of weight 1; less where an input is large. */
  readonly weight?: number;
}
