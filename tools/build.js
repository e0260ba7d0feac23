import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Everything that runs, compiled to dist/ with the files beside it (.sql and the like); types are `npm run check`'s. */
const folders = ['apps', 'libs', 'tools', 'events', 'test'];
const tests = '**/*.spec.ts,**/*.int-spec.ts,**/*.e2e-spec.ts';
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync('npx', ['swc', ...folders, '-d', 'dist', '--copy-files', '--ignore', tests, '--quiet'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
