import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Builds, then runs `dist/<script>` in this very process: a signal of the terminal reaches it without a shell between,
 * and its exit code is the command's. Further words are the script's.
 */
const [script] = process.argv.splice(2, 1);
const built = spawnSync(process.execPath, ['tools/build.js'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await import(pathToFileURL(path.resolve('dist', script)).href);
