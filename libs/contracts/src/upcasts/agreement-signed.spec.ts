import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { SCHEMAS, upcast } from '../registry.js';
import type { JsonObject } from './upcast.js';

const exampleOf = (version: number): JsonObject => {
  const file = new URL(`../../../../events/agreement.signed/v${version}.example.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { data: JsonObject }).data;
};

it('the same signing, told in version 1 and in version 2, is one', () => {
  expect(upcast('agreement.signed', 1, exampleOf(1))).toEqual(exampleOf(2));
});

it('a manner that was left out is a signature', () => {
  const { by: _by, ...silent } = exampleOf(1);
  expect(upcast('agreement.signed', 1, silent)).toMatchObject({ manner: 'signature' });
});

it('rival readings of the manner stay with it; pointers elsewhere stay where they are', () => {
  const citation = { publisher: 'A paper', title: 'A report', language: 'en', standing: 'press' };
  const says = { '/by': 'adoption', '/binding': false, '/bystanders': null };
  const told = upcast('agreement.signed', 1, { ...exampleOf(1), citations: [{ ...citation, says }, citation] });
  expect(told['citations']).toEqual([
    { ...citation, says: { '/manner': 'adoption', '/binding': false, '/bystanders': null } },
    citation,
  ]);
  expect(SCHEMAS['agreement.signed'].safeParse(upcast('agreement.signed', 1, exampleOf(1))).error).toBeUndefined();
});

it('is total: data that a correction has left odd is told as far as it goes', () => {
  for (const citations of [null, 'none', [7, { says: 7 }]])
    expect(upcast('agreement.signed', 1, { citations })).toMatchObject({ manner: 'signature' });
});

it('leaves the newest version as it is', () => {
  const data = exampleOf(2);
  expect(upcast('agreement.signed', 2, data)).toBe(data);
});
