import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { VARIABLES } from '#libs/platform';

const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8');

it('tells every variable that is read, with its default and meaning, and no other', () => {
  const told = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.*) \| (.*) \|$/gm)].map(([, name, fallback, says]) => [
    name,
    { fallback: fallback === '–' ? '' : fallback, says },
  ]);
  expect(Object.fromEntries(told)).toEqual(VARIABLES);
});

it('leads to files that are there', () => {
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target);
  expect(targets.length).toBeGreaterThan(5);
  for (const target of targets)
    expect(() => readFileSync(path.join(import.meta.dirname, '..', target))).not.toThrow(/ENOENT/);
});
