import { expect, it } from '@jest/globals';
import { nearest } from './nearest.js';

const KNOWN = ['title', 'summary', 'known_since', 'known_basis', 'occurred'];

it.each([
  ['titel', 'title'],
  ['Title', 'title'],
  ['tile', 'title'],
  ['ocurred', 'occurred'],
  ['knownSince', 'known_since'],
  ['known_bases', 'known_basis'],
])('%s means %s', (name, meant) => {
  expect(nearest(name, KNOWN)).toBe(meant);
});

it.each(['', 'x', 'colour', 'constructor', 'z'.repeat(10_000)])('%.20s means nothing that is known', (name) => {
  expect(nearest(name, KNOWN)).toBeUndefined();
});
