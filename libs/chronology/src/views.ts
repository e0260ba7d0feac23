import { readFileSync } from 'node:fs';
import type { View } from '#libs/contracts';
import { drawRows } from './draws/rows.js';
import { entryRows } from './entries/rows.js';
import { pledgeRows } from './pledges/rows.js';

const schemaOf = (folder: string): string => readFileSync(new URL(`./${folder}/schema.sql`, import.meta.url), 'utf8');

/**
 * The number of this build's views. It rises when a schema or a rule of rows changes: the release then builds a new
 * generation. A test holds the schemas and the digest of a fixed history to it.
 */
export const VIEW_VERSION = 3;

/** Every view that this build serves. */
export const VIEWS: readonly View[] = [
  { name: 'entries', schema: schemaOf('entries'), scope: 'event', rows: entryRows },
  { name: 'pledges', schema: schemaOf('pledges'), scope: 'stream', kinds: ['pledge'], rows: pledgeRows },
  { name: 'draws', schema: schemaOf('draws'), scope: 'event', kinds: ['pledge', 'transfer'], rows: drawRows },
];
