import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe } from '@jest/globals';

const CACHE = path.resolve('node_modules/.cache/litopys/python');

const hasPython =
  spawnSync('python3', ['-c', 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 10))']).status === 0;

/**
 * A suite that needs Python 3.10 or newer with its venv module; skipped, loudly, where there is none, except under
 * CI=true, where it fails.
 */
export function describeWithPython(name: string, suite: () => void): void {
  if (hasPython || process.env['CI'] === 'true') return describe(name, suite);
  console.warn(`SKIPPED ${name}: there is no python3 (3.10 or newer, with venv) on this machine`);
  describe.skip(name, suite);
}

/** A Python with the packages of a requirements file, made when it is first needed; answers its interpreter. */
export function pythonWith(requirements: string): string {
  if (!hasPython) throw new Error('there is no python3 (3.10 or newer, with venv) on this machine');
  const dir = path.join(CACHE, createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16));
  const python = path.join(dir, 'bin', 'python');
  if (existsSync(python)) return python;
  mkdirSync(CACHE, { recursive: true });
  const draft = `${dir}.${process.pid}`;
  execFileSync('python3', ['-m', 'venv', draft]);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes'];
  execFileSync(path.join(draft, 'bin', 'python'), [...install, '--requirement', requirements]);
  try {
    renameSync(draft, dir);
  } catch (error) {
    // Another run was first, and made the same.
    if (!existsSync(python)) throw error;
    rmSync(draft, { recursive: true });
  }
  return python;
}
