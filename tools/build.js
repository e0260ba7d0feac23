import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Everything that runs, compiled to dist/ with the files beside it (.sql and the like); types are `npm run check`'s. What
 * runs from the former build finds a whole one at every moment but that of the two renames.
 */
const folders = ['apps', 'libs', 'tools', 'events', 'test'];
const tests = '**/*.spec.ts,**/*.int-spec.ts,**/*.e2e-spec.ts';
const draft = `dist.${process.pid}`;
// The program itself, not by npx: that takes as long as the whole build.
const swc = path.join('node_modules', '@swc', 'cli', 'bin', 'swc.js');
const { status } = spawnSync(
  process.execPath,
  [swc, ...folders, '-d', draft, '--copy-files', '--ignore', tests, '--quiet'],
  { stdio: 'inherit' },
);
if (status === 0) {
  rmSync(`${draft}.former`, { recursive: true, force: true });
  try {
    renameSync('dist', `${draft}.former`);
  } catch {
    // The first build: there is none before it.
  }
  renameSync(draft, 'dist');
}
for (const left of [draft, `${draft}.former`]) rmSync(left, { recursive: true, force: true });
process.exit(status ?? 1);
