/** What every code of a closed list says of itself: one sentence. */
export interface Code {
  readonly says: string;
}

/** A closed code list: a code is added, never renamed or given another meaning, since recorded events carry it. */
export type CodeList = Readonly<Record<string, Code>>;

/** The codes of a list, in its order; typed as zod's `enum` wants them. */
export const codesOf = <List extends CodeList>(list: List): [keyof List & string, ...(keyof List & string)[]] =>
  Object.keys(list) as [keyof List & string, ...(keyof List & string)[]];
