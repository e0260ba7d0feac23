import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { findEmbeddedPostgres } from '#libs/platform';
import { readHistory } from '#libs/setup';
import { endScripts, freePorts, freshDataDir, runScript, startScript } from './support/script.js';

jest.setTimeout(180_000);

const MAIN = 'apps/standalone/src/main.js';
const CLI = 'apps/cli/src/main.js';

const dataDir = freshDataDir();
let env: Record<string, string>;

const litopys = (...args: string[]): Promise<{ code: number | null; said: string }> => runScript(CLI, env, args);

beforeAll(async () => {
  env = { DATA_DIR: dataDir, PORT: String(await freePorts(1)) };
  const script = startScript(MAIN, env);
  await script.untilSaid('Litopys is ready');
  script.signal('SIGINT');
  await script.ended;
});
afterAll(async () => {
  await endScripts();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Types the commands of docs/verifying.md that change one byte of the journal's table. */
async function changeByte(): Promise<void> {
  const change = `
    FILE=$(LC_ALL=C grep -rl 'urn:litopys:schema:' ${path.join(dataDir, 'postgres/base')} | head -1)
    LC_ALL=C sed -i '0,/urn:litopys:schema:/s//urn:litopys:schemA:/' "$FILE"`;
  await promisify(execFile)('bash', ['-c', change]);
}

it('the data folder of a stopped system is verified where it stands, and nothing runs on it afterwards', async () => {
  expect(await litopys('verify', '--json')).toMatchObject({
    code: 0,
    said: expect.stringContaining(`"events":${readHistory().length},"findings":[]`),
  });
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
});

it('with one byte changed nothing starts, and verify names the events on that page, and the very event', async () => {
  await changeByte();
  const start = await runScript(MAIN, env);
  expect(start).toEqual({ code: 4, said: expect.stringMatching(/cannot read what it has stored.*\n.*litopys verify/) });
  expect(await litopys('verify')).toEqual({
    code: 4,
    said: expect.stringMatching(/^1 +unreadable +Positions 1 to \d+ are not readable: invalid page in block 0 of/m),
  });
  const { code, said } = await litopys('verify', '--past-checksums');
  expect([code, said]).toEqual([4, expect.stringMatching(/^\d+ +[a-z]+\/[a-z0-9-]+@\d+ +changed /m)]);
  expect(said).toContain('1 finding in');
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
});
