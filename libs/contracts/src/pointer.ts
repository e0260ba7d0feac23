/** A value as JSON carries it; `undefined` stands for "nothing there". */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** RFC 6901 with one change: an element of an array is named by its `id`, never by its index. */
export function pointerSegments(pointer: string): string[] {
  if (!pointer.startsWith('/')) throw new RangeError(`a JSON pointer begins with "/": ${pointer}`);
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether one pointer is the other, or lies above it: the two speak of the same value. */
export function pointersOverlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasId = (element: Json, id: string): boolean => isObject(element) && element['id'] === id;

function child(value: Json | undefined, segment: string): Json | undefined {
  if (Array.isArray(value)) return value.find((element) => hasId(element, segment));
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

/** The value at a pointer, or `undefined`. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  return pointerSegments(pointer).reduce<Json | undefined>(child, document);
}

function withChild(container: Json, segment: string, value: Json | undefined): Json | undefined {
  if (Array.isArray(container)) {
    const index = container.findIndex((element) => hasId(element, segment));
    if (value === undefined) return index < 0 ? container : container.toSpliced(index, 1);
    return index < 0 ? [...container, value] : container.with(index, value);
  }
  if (!isObject(container)) return undefined;
  if (value !== undefined) return { ...container, [segment]: value };
  return Object.fromEntries(Object.entries(container).filter(([key]) => key !== segment));
}

function setAlong(document: Json, segments: string[], value: Json | undefined): Json | undefined {
  const [segment, ...below] = segments;
  if (segment === undefined) return value;
  if (below.length === 0) return withChild(document, segment, value);
  const inner = child(document, segment);
  if (inner === undefined) return undefined;
  const changed = setAlong(inner, below, value);
  return changed === undefined ? undefined : withChild(document, segment, changed);
}

/**
 * A copy of the document with the value at the pointer set, or taken away where `value` is undefined. An array
 * grows at its end by an element whose id it lacks. Answers `undefined` where the way to the pointer is gone.
 */
export function withValueAt(document: Json, pointer: string, value: Json | undefined): Json | undefined {
  return setAlong(document, pointerSegments(pointer), value);
}
