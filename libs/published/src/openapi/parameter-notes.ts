import { z } from 'zod';

/** What a reader of a problem, or of the docs, needs to know of a parameter beside its schema. */
export interface ParameterNotes {
  /** The rule that a bad value breaks. */
  readonly rule: string;
  readonly mend: string;
  /** The JSON Schema of what is sent, where it is not the schema's own. */
  readonly sent?: Readonly<Record<string, unknown>>;
}

export const parameterNotes = z.registry<ParameterNotes>();
