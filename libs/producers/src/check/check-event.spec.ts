import { describe, expect, it } from '@jest/globals';
import { dataschemaOf, EVENT_TYPE_NAMES } from '#libs/contracts';
import { toProblem, type LitopysError, type Mistake, type Problem } from '#libs/platform';
import { bodyOf } from '../../../../test/support/domain/bodies.js';
import { announced, citation, itemized, line } from '../../../../test/support/domain/commands.js';
import { withoutHanging } from '../../../../test/support/without-hanging.js';
import { exampleOf } from '../http/examples.js';
import { checkEvent } from './check-event.js';

const event = (data: object, more: object = {}) => ({
  specversion: '1.0',
  id: 'one',
  source: 'urn:x',
  type: 'litopys.pledge.announced.v1',
  subject: 'pledge/g7-package',
  data: { ...bodyOf(announced()), ...data },
  ...more,
});

function mistakesIn(value: unknown): readonly Mistake[] {
  try {
    checkEvent(value);
  } catch (error) {
    return (error as LitopysError).errors;
  }
  return [];
}

function problemOf(value: unknown): Problem | undefined {
  try {
    checkEvent(value);
  } catch (error) {
    return toProblem(error);
  }
  return undefined;
}

const firstOf = (data: object) => {
  const [first] = mistakesIn(event(data));
  return [first?.field, first?.rule];
};

const money = { amount: '1', currency: 'CAD', qualifier: 'exact' };
const some = { item: 'Shells', as_written: 'a number of shells', qualifier: 'unquantified' };

describe('a mistake in the data is named by pointer and rule', () => {
  it.each<[object, string, string]>([
    [{ occurred: '2025-13' }, '/data/occurred', 'edtf'],
    [{ known_since: '2025-02-30' }, '/data/known_since', 'day'],
    [{ known_since: '2025' }, '/data/known_since', 'format'],
    [{ money: { ...money, currency: 'XYZ' } }, '/data/money/currency', 'currency'],
    [{ money: { ...money, currency: 'XXX' } }, '/data/money/currency', 'currency'],
    [{ money: { ...money, currency: null } }, '/data/money/as_printed', 'as-printed'],
    [{ money: { ...money, amount: '-1' } }, '/data/money/amount', 'format'],
    [{ parties: [] }, '/data/parties', 'donor'],
    [{ instrument: 'gift' }, '/data/instrument', 'known-value'],
    [{ title: '' }, '/data/title', 'size'],
    [{ title: 'a\u001b[2Jb' }, '/data/title', 'control-character'],
    [{ title: 'over\u202eturned' }, '/data/title', 'control-character'],
    [{ title: '\u200b' }, '/data/title', 'nothing-to-read'],
    [
      { lines: [{ ...line('arms'), quantities: [{ ...some, count: 2 }] }] },
      '/data/lines/0/quantities/0/count',
      'unquantified-count',
    ],
    [{ claims: [{ by: 'A paper', what: 'x', words: 'y', line: 'arms' }] }, '/data/claims/0/line', 'claim-line'],
    [{ lines: {} }, '/data/lines', 'type'],
    [{ refs: [{ relation: 'about', target: 'nothing' }] }, '/data/refs/0/target', 'format'],
    [{ translations: { 'no language': { title: 'x' } } }, '/data/translations/no language', 'key'],
    [{ 'a/b~c': 1 }, '/data/a~1b~0c', 'unknown-key'],
  ])('%j', (data, field, rule) => {
    expect(firstOf(data)).toEqual([field, rule]);
  });

  it.each(['CAD', 'UAH', 'UAK', 'DEM', 'SUR', 'XDR'])('no mistake is what was, or is, paid with: %s', (currency) => {
    expect(mistakesIn(event({ money: { ...money, currency } }))).toEqual([]);
  });

  it('no mistake is a text of several lines, in any script', () => {
    expect(mistakesIn(event({ summary: 'Перший рядок\n\tдругий: «так»' }))).toEqual([]);
  });

  it('two lines of one id by the rule of all line ids', () => {
    const data = bodyOf(itemized([line('arms'), line('arms')]));
    const [first] = mistakesIn({ ...event({}), type: 'litopys.pledge.itemized.v1', data });
    expect(first).toMatchObject({ field: '/data/lines', rule: 'line-id-taken' });
  });

  it('a mistyped key or code with what it is likely to mean', () => {
    expect(mistakesIn(event({ lines: [{ ...line('arms'), catgory: 'military' }] }))[0]?.mend).toMatch(
      /^Did you mean "category"/,
    );
    expect(mistakesIn(event({ category: 'militry' }))[0]?.mend).toMatch(/^Did you mean "military"/);
  });
});

describe('tens of thousands of mistakes are told by the first of them, and counted', () => {
  const keys = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`key ${index}`, 1]));

  it.each([
    ['keys of the data', event(keys), '/data/key 0'],
    ['attributes', event({}, keys), '/key 0'],
    ['languages', event({ translations: keys }), '/data/translations/key 0'],
    ['pointers', event({ citations: [{ ...citation, says: keys }] }), '/data/citations/0/says/key 0'],
  ])('%s', (_, value, field) => {
    const problem = withoutHanging(() => problemOf(value));
    expect(problem).toMatchObject({ detail: '30000 things are not right.', more: 29_950 });
    expect([problem?.errors.length, problem?.errors[0]?.field]).toEqual([50, field]);
    expect(JSON.stringify(problem).length).toBeLessThan(30_000);
  });

  it('and a key as long as the body is cited in part', () => {
    const problem = problemOf(event({ ['k'.repeat(100_000)]: 1 }));
    expect(problem?.errors[0]?.detail.length).toBeLessThan(200);
  });
});

describe('what is taken', () => {
  it.each(EVENT_TYPE_NAMES)('the published example of %s', (type) => {
    expect(checkEvent(exampleOf(type))).toMatchObject({ type, dataschema: dataschemaOf(type) });
  });

  it('keeps what was sent, in the one text of its meaning', () => {
    const { dataText } = checkEvent(event({ title: 'Told  twice', summary: 'Київ' }));
    expect(dataText).toContain('"title":"Told  twice"');
    expect(dataText.startsWith('{"category":"military"')).toBe(true);
    expect(dataText).toContain('"summary":"Київ"');
  });

  it('has a fingerprint of its meaning: not of id, source or correlation, but of time', () => {
    const of = (more: object) => checkEvent(event({}, more)).fingerprint;
    expect(of({ id: 'two', source: 'urn:y', correlationid: 'c' })).toBe(of({}));
    expect(of({ dataschema: 'urn:litopys:schema:pledge.announced:v1' })).toBe(of({}));
    expect(of({ time: '2025-06-17T00:00:00Z' })).not.toBe(of({}));
    expect(of({ subject: 'pledge/another' })).not.toBe(of({}));
  });
});
