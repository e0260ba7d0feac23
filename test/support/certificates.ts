import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate that vouches for itself, as files in PEM: who is given it as the authority trusts it. */
export interface Certificate {
  readonly certificate: string;
  /** PKCS#8, without a password. */
  readonly key: string;
  /** Key and certificate in one file, as Kafka wants them. */
  readonly keystore: string;
}

/** Makes one with openssl, in a folder, under a name; for 127.0.0.1 and localhost unless told otherwise. */
export async function makeCertificate(
  folder: string,
  name: string,
  hosts = 'DNS:localhost,IP:127.0.0.1',
): Promise<Certificate> {
  const file = (what: string): string => path.join(folder, `${name}-${what}.pem`);
  const made = { certificate: file('certificate'), key: file('key'), keystore: file('keystore') };
  const words = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  ];
  const files = ['-addext', `subjectAltName=${hosts}`, '-keyout', made.key, '-out', made.certificate];
  await run('openssl', ['req', '-x509', ...words, ...files]);
  writeFileSync(made.keystore, readFileSync(made.key, 'utf8') + readFileSync(made.certificate, 'utf8'), {
    mode: 0o600,
  });
  return made;
}
