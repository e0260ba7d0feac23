import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pointersOverlap, pointerSegments, valueAt, withValueAt, type Json } from './pointer.js';

const pledge: Json = {
  title: 'Canada lists what the package pays for',
  lines: [
    { id: 'purl', money: { amount: '680000000', currency: 'CAD' } },
    { id: 'drones', money: { amount: '220000000', currency: 'CAD' } },
  ],
};

const escaped = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

describe('pointerSegments', () => {
  it('undoes the escapes of RFC 6901, in the order that it wants', () => {
    expect(pointerSegments('/a~1b/m~0n/~01')).toEqual(['a/b', 'm~n', '~1']);
    fc.assert(fc.property(fc.string(), (name) => pointerSegments(`/${escaped(name)}`)[0] === name));
  });

  it('refuses a text that does not begin with a slash', () => {
    expect(() => pointerSegments('lines')).toThrow(RangeError);
  });
});

describe('pointersOverlap', () => {
  it.each([
    ['/lines', '/lines/purl', true],
    ['/lines/purl/money', '/lines', true],
    ['/lines', '/lines', true],
    ['/lines/purl', '/lines/purl-2', false],
    ['/money', '/lines', false],
  ])('%s and %s: %p', (a, b, answer) => {
    expect(pointersOverlap(a, b)).toBe(answer);
  });
});

describe('valueAt', () => {
  it('finds an element of an array by its id', () => {
    expect(valueAt(pledge, '/lines/purl/money/amount')).toBe('680000000');
  });

  it.each(['/lines/0', '/lines/czech', '/lines/purl/money/amount/0', '/toString', '/lines/length', '/nothing/below'])(
    'answers undefined at %s, where nothing stands',
    (pointer) => {
      expect(valueAt(pledge, pointer)).toBeUndefined();
    },
  );
});

describe('withValueAt', () => {
  const there = '/lines/purl/money/amount';

  it('puts a value where it is then found, and leaves the document as it was', () => {
    const before = structuredClone(pledge);
    const after = withValueAt(pledge, there, '681000000');
    expect(after && valueAt(after, there)).toBe('681000000');
    expect(after && valueAt(after, '/lines/drones')).toEqual(valueAt(pledge, '/lines/drones'));
    expect(pledge).toEqual(before);
  });

  it('finds what it put, for any name of a field', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        const after = withValueAt({ kept: true }, `/${escaped(name)}`, value);
        expect(after && valueAt(after, `/${escaped(name)}`)).toBe(value);
      }),
    );
  });

  it('appends an element whose id the array lacks', () => {
    const line = { id: 'czech', money: null };
    const after = withValueAt(pledge, '/lines/czech', line);
    expect(after && valueAt(after, '/lines')).toHaveLength(3);
    expect(after && valueAt(after, '/lines/czech')).toEqual(line);
  });

  it('takes an element or a field away', () => {
    const without = withValueAt(pledge, '/lines/purl', undefined);
    expect(without && valueAt(without, '/lines')).toEqual([valueAt(pledge, '/lines/drones')]);
    expect(withValueAt(pledge, '/title', undefined)).not.toHaveProperty('title');
    expect(withValueAt(pledge, '/summary', undefined)).toEqual(pledge);
    expect(withValueAt(pledge, '/lines/czech', undefined)).toEqual(pledge);
  });

  it.each(['/lines/czech/money', '/none/below', '/title/below'])(
    'answers undefined where the way to %s is gone',
    (path) => {
      expect(withValueAt(pledge, path, 'x')).toBeUndefined();
    },
  );
});
