import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as prettier from 'prettier';
import { DEFAULT_TOPICS, describeTopics, publishedCodes, publishedSchemas } from '#libs/published';

/**
 * Writes the files that are made from code, or with `--check` names those that are out of date and fails.
 * Run from the root of the project.
 */

interface Generated {
  readonly path: string;
  readonly value: unknown;
}

async function formatted({ path, value }: Generated): Promise<string> {
  const options = await prettier.resolveConfig(path);
  return prettier.format(JSON.stringify(value), { ...options, filepath: path });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const onlyChecks = process.argv.includes('--check');
const outOfDate: string[] = [];
const all: readonly Generated[] = [
  ...publishedSchemas().map(({ path, schema }) => ({ path, value: schema })),
  { path: 'events/asyncapi.json', value: describeTopics(DEFAULT_TOPICS) },
  ...publishedCodes().map(({ path, codes }) => ({ path, value: codes })),
];
for (const generated of all) {
  const text = await formatted(generated);
  const current = await readFile(generated.path, 'utf8').catch(() => '');
  if (text === current) continue;
  outOfDate.push(generated.path);
  if (!onlyChecks) await write(generated.path, text);
}

if (onlyChecks && outOfDate.length > 0) {
  console.error(`Out of date: ${outOfDate.join(', ')}. Run \`npm run generate\` and commit what it writes.`);
  process.exitCode = 1;
} else console.log(outOfDate.length > 0 ? `Written: ${outOfDate.join(', ')}` : 'Generated files are up to date.');
