import fc from 'fast-check';
import { NASTY_TEXTS } from '../texts.js';
import { isFullObject, isStrict, isText, spotWhere, withValue, type Path } from '../spots.js';
import { candidateOf, EXAMPLES, isValid, type Data, type ValidEvent } from '../valid.js';
import { asSchemasSay, byWays } from './inputs.js';
import type { InputClass } from './input-class.js';

const changed = (event: ValidEvent, path: Path, value: unknown): ValidEvent => ({
  ...event,
  data: withValue(event.data, path, value) as Data,
});

/** Places in the data, but not all of it: no data is no event. */
const below = (_: unknown, path: Path): boolean => path.length > 0;

const OTHER_VALUES = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e9,
  '',
  ' ',
  'x',
  [],
  {},
  [[]],
  [null],
  [{}],
  { a: 1 },
  { id: 'x' },
  'en',
  '2025',
];

const wrongTypes = fc
  .record({ spot: spotWhere(below), value: fc.constantFrom(...OTHER_VALUES) })
  .map(({ spot, value }) => changed(spot.event, spot.path, value));

const missing = spotWhere(below).map(({ event, path }) => changed(event, path, undefined));

const swapped = fc
  .record({ spot: spotWhere(below), other: spotWhere(below) })
  .map(({ spot, other }) => changed(spot.event, spot.path, other.value));

const unknownKeys = fc
  .record({
    spot: spotWhere((value, path) => isFullObject(value) && isStrict(path)),
    key: fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `x${text.replaceAll('\0', '').toWellFormed()}`),
    value: fc.constantFrom(...OTHER_VALUES),
  })
  .map(({ spot, key, value }) => changed(spot.event, [...spot.path, key], value));

const hugeArrays = fc
  .record({
    spot: spotWhere((value) => Array.isArray(value) && value.length > 0),
    length: fc.constantFrom(11, 21, 51, 101, 201, 1000, 5000),
  })
  .map(({ spot: { event, path, value }, length }) => {
    const [element] = Array.isArray(value) ? (value as unknown[]) : [];
    const most = Math.floor(200_000 / (JSON.stringify(element ?? 0).length + 1));
    return changed(
      event,
      path.length === 0 ? ['tags'] : path,
      Array.from({ length: Math.min(length, most) }, () => element ?? 'x'),
    );
  });

/** Texts with the length that they may have. */
const LIMITS: readonly (readonly [Path, number])[] = [
  [['title'], 200],
  [['summary'], 600],
  [['places', 0], 80],
  [['tags', 0], 40],
  [['parties', 0, 'name'], 120],
  [['parties', 0, 'capacity'], 120],
  [['refs', 0, 'note'], 300],
  [['figures', 0, 'label'], 200],
  [['quotes', 0, 'text'], 300],
  [['claims', 0, 'by'], 120],
  [['claims', 0, 'what'], 300],
  [['claims', 0, 'words'], 300],
  [['claims', 0, 'total'], 80],
  [['citations', 0, 'publisher'], 200],
  [['citations', 0, 'title'], 300],
  [['citations', 0, 'locator'], 120],
  [['citations', 0, 'origin'], 120],
];

const [statement] = EXAMPLES.filter(({ type }) => type === 'statement.issued');

/** A statement that has a text at each of those places. */
const full: ValidEvent = {
  ...(statement as ValidEvent),
  data: {
    ...(statement as ValidEvent).data,
    summary: 'x',
    places: ['Kyiv'],
    tags: ['x'],
    parties: [{ id: 'state:ca', name: 'Canada', capacity: 'x' }],
    refs: [{ relation: 'about', target: 'pledge/nothing-of-the-sort', note: 'x' }],
    figures: [{ label: 'x', quantity: { item: 'x', as_written: 'x', qualifier: 'exact' } }],
    quotes: [{ speaker: 'state:ca', text: 'x', language: 'en' }],
    claims: [{ by: 'x', what: 'x', words: 'x', total: 'x' }],
    citations: [{ publisher: 'x', title: 'x', language: 'en', standing: 'press', locator: 'x', origin: 'x' }],
  },
};

const texts = (more: number) =>
  fc
    .record({ limit: fc.constantFrom(...LIMITS), unit: fc.constantFrom('a', 'й', '€', '"', '\\', '\u2028') })
    .map(({ limit: [path, most], unit }) => candidateOf(changed(full, path, `a${unit.repeat(most - 2 + more)}a`)));

const nasty = fc
  .record({ spot: spotWhere((value, path) => isText(value) && path.length > 0), text: fc.constantFrom(...NASTY_TEXTS) })
  .map(({ spot, text }) => changed(spot.event, spot.path, text.trim()))
  .map((event) => (isValid(event) ? event : changed(full, ['title'], 'Nothing nasty')));

export const valueClasses: readonly InputClass[] = [
  { name: 'wrong types everywhere', weight: 2, inputs: asSchemasSay(wrongTypes) },
  { name: 'values of another place', weight: 2, inputs: asSchemasSay(swapped) },
  { name: 'values that are missing', inputs: asSchemasSay(missing) },
  {
    name: 'unknown keys',
    inputs: byWays(
      unknownKeys.map((event) => candidateOf(event)),
      { expected: 'refused', rule: 'unknown-key' },
    ),
  },
  { name: 'huge arrays', weight: 0.3, inputs: asSchemasSay(hugeArrays) },
  { name: 'texts at their limit', inputs: byWays(texts(0), { expected: 'taken' }) },
  { name: 'texts one beyond it', inputs: byWays(texts(1), { expected: 'refused', rule: 'size' }) },
  {
    name: 'SQL, HTML and the like',
    inputs: byWays(
      nasty.map((event) => candidateOf(event)),
      { expected: 'taken' },
    ),
  },
];

export { changed, full };
