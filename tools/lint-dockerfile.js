import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';

/** Parses the Dockerfile as an editor's language server does; any diagnosis fails. */
const found = validate(readFileSync('Dockerfile', 'utf8'));
for (const { message, range } of found) console.error(`Dockerfile:${range.start.line + 1}: ${message}`);
process.exit(found.length === 0 ? 0 : 1);
