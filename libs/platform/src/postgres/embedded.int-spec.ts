import { afterAll, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-embedded-'));
chmodSync(dataDir, 0o755);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('starts, is adopted by whoever comes next, and stops', async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  const second = await startEmbeddedPostgres({ dataDir });
  expect([first.adopted, second.adopted, second.pid]).toEqual([false, true, first.pid]);
  const client = new pg.Client({ connectionString: second.url });
  await client.connect();
  expect((await client.query('select lower($1) as lowered', ['КИЇВ'])).rows).toEqual([{ lowered: 'київ' }]);
  expect((await client.query('show server_version')).rows[0]).toMatchObject({
    server_version: expect.stringMatching(/^18\./),
  });
  await client.end();
  await second.stop();
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
}, 60_000);
