import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as prettier from 'prettier';
import { publishedSchemas, type PublishedSchema } from './published-schemas.js';

/**
 * Writes the files that are made from code, or with `--check` names those that are out of date and fails.
 * Run from the root of the project.
 */

async function formatted({ path, schema }: PublishedSchema): Promise<string> {
  const options = await prettier.resolveConfig(path);
  return prettier.format(JSON.stringify(schema), { ...options, filepath: path });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const onlyChecks = process.argv.includes('--check');
const outOfDate: string[] = [];
for (const published of publishedSchemas()) {
  const text = await formatted(published);
  const current = await readFile(published.path, 'utf8').catch(() => '');
  if (text === current) continue;
  outOfDate.push(published.path);
  if (!onlyChecks) await write(published.path, text);
}

if (onlyChecks && outOfDate.length > 0) {
  console.error(`Out of date: ${outOfDate.join(', ')}. Run \`npm run generate\` and commit what it writes.`);
  process.exitCode = 1;
} else console.log(outOfDate.length > 0 ? `Written: ${outOfDate.join(', ')}` : 'Generated files are up to date.');
