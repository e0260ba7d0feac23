import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutHanging } from '../../../test/support/without-hanging.js';
import { fromHeaderValue, toHeaderValue } from './header-value.js';

/** The example of the binding: "Euro € 😀". */
const EURO = 'Euro%20%E2%82%AC%20%F0%9F%98%80';

describe('an attribute in a header', () => {
  it('is encoded as the example of the binding is', () => {
    expect(toHeaderValue('Euro € 😀')).toBe(EURO);
    expect(toHeaderValue('a"b%c')).toBe('a%22b%25c');
    expect(toHeaderValue('urn:litopys:local/~a?b=c#d')).toBe('urn:litopys:local/~a?b=c#d');
  });

  it('comes back whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const value = toHeaderValue(text);
        expect(value).toMatch(/^[\x21-\x7e]*$/);
        expect(fromHeaderValue(value)).toBe(text);
      }),
    );
  });

  it.each([
    [EURO, 'Euro € 😀'],
    [EURO.toLowerCase().replace('euro', 'Euro'), 'Euro € 😀'],
    ['%41%7e', 'A~'],
    ['two words', 'two words'],
    ['"two words"', 'two words'],
    ['"a \\"quoted\\" \\\\ word"', 'a "quoted" \\ word'],
    ['"%41"', 'A'],
    ['%2541', '%41'],
    ['', ''],
  ])('%s is read as the binding has it', (value, text) => {
    expect(fromHeaderValue(value)).toBe(text);
  });

  it.each(['100%', '%4', '%zz', '%C0%A0', '%ED%A0%80', '%80', '"open', '"open\\\\', 'a"b"c"', 'é', '\t', 'a\u007f'])(
    '%p means nothing',
    (value) => {
      expect(fromHeaderValue(value)).toBeUndefined();
    },
  );

  it('is read in one pass, whatever quotes it opens', () => {
    expect(withoutHanging(() => fromHeaderValue(`"${'\\"'.repeat(500_000)}`))).toBeUndefined();
  });
});
