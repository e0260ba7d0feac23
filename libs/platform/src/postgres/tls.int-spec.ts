import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate, type Certificate } from '../../../../test/support/certificates.js';
import { makePool, openDataSource } from '../database.js';
import { isTlsFailure } from '../tls-failures.js';
import { clusterFolder, serverAccount } from './binaries.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.js';

let folder: string;
let server: EmbeddedPostgres;
let own: Certificate;
let other: Certificate;

/** The server reads its key under its own account, and only where nobody else may. */
function handOver({ key }: Certificate): string {
  const account = serverAccount();
  if (account) chownSync(key, account.uid, account.gid);
  chmodSync(key, 0o600);
  return key;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'litopys-tls-'));
  chmodSync(folder, 0o755);
  [own, other] = await Promise.all([
    makeCertificate(folder, 'own', 'DNS:localhost'),
    makeCertificate(folder, 'other', 'DNS:localhost'),
  ]);
  const settings = { ssl: 'on', ssl_cert_file: own.certificate, ssl_key_file: handOver(own) };
  server = await startEmbeddedPostgres({ dataDir: folder, durable: false, settings });
  // From here on nobody comes in without TLS.
  writeFileSync(path.join(clusterFolder(folder, serverAccount()), 'pg_hba.conf'), 'hostssl all all all trust\n');
  const pool = makePool(server.url, { max: 1 });
  await pool.query('select pg_reload_conf()');
  await pool.end();
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const urlWith = (parameters: Record<string, string>, host = 'localhost'): string => {
  const url = new URL(server.url);
  url.hostname = host;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

const ENCRYPTED = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';

async function askByPool(url: string): Promise<unknown> {
  const pool = makePool(url, { max: 1 });
  try {
    return (await pool.query(ENCRYPTED)).rows;
  } finally {
    await pool.end();
  }
}

async function askByDataSource(url: string): Promise<unknown> {
  const source = await openDataSource(url, {});
  try {
    return await source.query(ENCRYPTED);
  } finally {
    await source.destroy();
  }
}

const failure = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );

describe.each([
  ['a pool', askByPool],
  ['TypeORM', askByDataSource],
])('over TLS, %s', (_, ask) => {
  it('reaches a server that it trusts by its certificate', async () => {
    const url = urlWith({ sslmode: 'verify-full', sslrootcert: own.certificate });
    expect(await ask(url)).toEqual([{ ssl: true }]);
  });

  it('refuses a server that another authority vouches for', async () => {
    const error = await failure(ask(urlWith({ sslmode: 'verify-full', sslrootcert: other.certificate })));
    expect([(error as { code?: string }).code, isTlsFailure(error)]).toEqual(['DEPTH_ZERO_SELF_SIGNED_CERT', true]);
  });

  it('refuses a server that nobody known vouches for', async () => {
    expect(isTlsFailure(await failure(ask(urlWith({ sslmode: 'verify-full' }))))).toBe(true);
  });

  it('may be told to trust whoever answers', async () => {
    expect(await ask(urlWith({ sslmode: 'no-verify' }))).toEqual([{ ssl: true }]);
  });

  it('is not spoken unless asked for, and this server takes nothing else', async () => {
    const error = await failure(ask(server.url));
    expect((error as Error).message).toMatch(/no pg_hba.conf entry .* no encryption/);
  });
});

it('a certificate for another name is refused', async () => {
  const url = urlWith({ sslmode: 'verify-full', sslrootcert: own.certificate }, '127.0.0.1');
  expect(await failure(askByPool(url))).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

it('a server that speaks no TLS is told apart from one that is away', async () => {
  const plain = process.env['LITOPYS_TEST_POSTGRES'] ?? '';
  expect(isTlsFailure(await failure(askByPool(`${plain}?sslmode=verify-full`)))).toBe(true);
});
