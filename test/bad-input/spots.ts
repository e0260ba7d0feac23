import fc from 'fast-check';
import { validEvent, type ValidEvent } from './valid.js';

/** A place in the data of an event: keys and indices. */
export type Path = readonly (string | number)[];

/** An event and a place in its data. */
export interface Spot {
  readonly event: ValidEvent;
  readonly path: Path;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every place of a value, its root first. */
function* placesOf(value: unknown, path: Path = []): Generator<{ readonly path: Path; readonly value: unknown }> {
  yield { path, value };
  if (!isObject(value)) return;
  for (const [key, below] of Object.entries(value))
    yield* placesOf(below, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** Any place in the data of any event where this holds; the data itself where it holds nowhere. */
export const spotWhere = (
  holds: (value: unknown, path: Path) => boolean,
  events: fc.Arbitrary<ValidEvent> = validEvent,
): fc.Arbitrary<Spot> =>
  events.chain((event) => {
    const spots = [...placesOf(event.data)].filter(({ value, path }) => holds(value, path));
    return fc
      .constantFrom(...(spots.length > 0 ? spots : [{ path: [], value: event.data }]))
      .map((spot) => ({ event, ...spot }));
  });

export const isLeaf = (value: unknown): boolean => !isObject(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isFullObject = (value: unknown): boolean =>
  isObject(value) && !Array.isArray(value) && Object.keys(value).length > 0;

/** Whether keys are looked at there: what a source says, and corrections, may hold any JSON. */
export const isStrict = (path: Path): boolean =>
  !path.some((key) => ['says', 'translations', 'from', 'to'].includes(String(key)));

/** A copy with the value at a path set; taken away where it is undefined. */
export function withValue(document: unknown, [key, ...below]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = withValue((document as Record<string | number, unknown>)[key], below, value);
  if (Array.isArray(document))
    return inner === undefined ? document.toSpliced(Number(key), 1) : document.with(Number(key), inner);
  const { [key]: _, ...others } = document as Record<string | number, unknown>;
  return inner === undefined ? others : { ...(document as object), [key]: inner };
}

/** Stands for raw text in JSON: of a private use, so that it stands nowhere else. */
const MARK = '\uE000raw\uE000';

/** The data of an event as text, with this raw text instead of the value at the spot. */
export const textWithValue = ({ event, path }: Spot, raw: string): string =>
  JSON.stringify(withValue(event.data, path, MARK)).replace(JSON.stringify(MARK), () => raw);

/** The data of an event as text, with a raw member more in the object at the spot. */
export function textWithMember({ event, path, value }: Spot, raw: string): string {
  const object = { ...(value as object), [MARK]: 0 };
  return JSON.stringify(withValue(event.data, path, object)).replace(`${JSON.stringify(MARK)}:0`, () => raw);
}
