import { pointerSegments, type Change, type Json } from '#libs/contracts';

type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const named = (array: readonly Json[], id: string): Json[] =>
  array.filter((element) => isObject(element) && element['id'] === id);

/** What an element of an array is called in a pointer of ours: its id, or its place where it has none. */
const elementName = (element: Json | undefined, index: PropertyKey): string =>
  isObject(element) && typeof element['id'] === 'string' ? element['id'] : String(index);

const escaped = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

/** The pointer, elements by id, of a path of keys and indices such as a validator reports. */
export function pointerTo(data: Json, path: readonly PropertyKey[]): string {
  let value: Json | undefined = data;
  return path
    .map((key) => {
      const element: Json | undefined = Array.isArray(value)
        ? value[Number(key)]
        : isObject(value)
          ? value[String(key)]
          : undefined;
      const name = Array.isArray(value) ? elementName(element, key) : String(key);
      value = element;
      return `/${escaped(name)}`;
    })
    .join('');
}

const REPLACE_WHOLE = 'Arrays are replaced whole, or element by element by id.';

/** What is wrong with one step into an array; nothing where the step names one element. */
function wrongInArray(
  array: readonly Json[],
  segment: string,
  isLast: boolean,
  to: Json | undefined,
): string | undefined {
  const elements = named(array, segment);
  if (elements.length > 1) return `"${segment}" names ${elements.length} elements. ${REPLACE_WHOLE}`;
  if (elements.length === 0 && !isLast) return `No element of the array has the id "${segment}". ${REPLACE_WHOLE}`;
  if (isLast && to !== undefined && named([to], segment).length === 0)
    return `What is to stand there has not the id "${segment}". ${REPLACE_WHOLE}`;
  return undefined;
}

/**
 * Why a change's path names nothing of its own in the data: it goes through an array by index, by an id that is not
 * there or that several elements have, or puts an element under another's name. A path that is gone is no such fault.
 */
export function wrongPath(data: Json, change: Change): string | undefined {
  const segments = pointerSegments(change.path);
  let value: Json | undefined = data;
  for (const [index, segment] of segments.entries()) {
    if (Array.isArray(value)) {
      const wrong = wrongInArray(value, segment, index === segments.length - 1, change.to);
      if (wrong !== undefined) return wrong;
      value = named(value, segment)[0];
    } else value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  }
  return undefined;
}
