import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.js';

it('has a default for everything', () => {
  expect(loadConfig({})).toMatchObject({
    journalUrl: undefined,
    kafka: { brokers: [] },
    topic: 'litopys.events',
    intakeTopic: 'litopys.intake',
    rejectedTopic: 'litopys.rejected',
    host: '127.0.0.1',
    dataDir: './data',
    lanes: 1,
  });
});

it('takes one database for both, unless told otherwise', () => {
  expect(loadConfig({ DATABASE_URL: 'postgres://a@h/d', VIEWS_URL: 'postgres://b@h/v' })).toMatchObject({
    journalUrl: 'postgres://a@h/d',
    viewsUrl: 'postgres://b@h/v',
  });
});

it('tells every mistake at once, and no value', () => {
  const bad = { DATABASE_URL: 'mysql://root:secret@h/d', PORT: '70000', KAFKA_BROKERS: 'nowhere', LANES: '0' };
  expect(() => loadConfig(bad)).toThrow(ConfigError);
  try {
    loadConfig(bad);
  } catch (error) {
    expect((error as ConfigError).mistakes).toHaveLength(4);
    expect((error as ConfigError).message).not.toContain('secret');
  }
});

it('takes no topic for two uses', () => {
  expect(() => loadConfig({ KAFKA_REJECTED_TOPIC: 'litopys.intake' })).toThrow('must be three topics');
});

const folder = mkdtempSync(path.join(tmpdir(), 'litopys-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    return (error as ConfigError).mistakes;
  }
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

describe('a secret', () => {
  it('is read from the file that is named, without the line break at its end', () => {
    const DATABASE_URL_FILE = fileWith('url', 'postgres://a:b@h/d\n');
    expect(loadConfig({ DATABASE_URL_FILE })).toMatchObject({
      journalUrl: 'postgres://a:b@h/d',
      viewsUrl: 'postgres://a:b@h/d',
    });
  });

  it.each([
    [
      'that is not there',
      { JOURNAL_URL_FILE: '/nowhere/url' },
      /^JOURNAL_URL_FILE: .nowhere.url cannot be read .ENOENT.$/,
    ],
    ['that is empty', { JOURNAL_URL_FILE: fileWith('empty', '\n') }, /^JOURNAL_URL_FILE: .*empty is empty$/],
    [
      'beside the value itself',
      { JOURNAL_URL_FILE: fileWith('double', 'postgres://a@h/d'), JOURNAL_URL: 'postgres://b@h/d' },
      /^JOURNAL_URL_FILE: JOURNAL_URL is set too/,
    ],
  ])('in a file %s is a mistake', (_, env, mistake) => {
    expect(mistakesOf(env as Record<string, string>)).toEqual([expect.stringMatching(mistake)]);
  });

  it('in a file is told by no mistake', () => {
    const VIEWS_URL_FILE = fileWith('wrong', 'mysql://root:swordfish@h/d');
    expect(mistakesOf({ VIEWS_URL_FILE })).toEqual(['VIEWS_URL: a postgres:// URL is wanted']);
  });
});

describe('TLS of PostgreSQL', () => {
  it('stands in the URL, as libpq has it', () => {
    const journalUrl = `postgres://a@h/d?sslmode=verify-full&sslrootcert=${fileWith('ca.pem', CERTIFICATE)}`;
    expect(loadConfig({ DATABASE_URL: journalUrl }).journalUrl).toBe(journalUrl);
  });

  it('is looked at before anything connects', () => {
    const DATABASE_URL = 'postgres://a:swordfish@h/d?sslmode=verify_full&sslrootcert=/nowhere/ca.pem';
    expect(mistakesOf({ DATABASE_URL })).toEqual([
      'DATABASE_URL: sslmode is one of disable, no-verify, prefer, require, verify-ca, verify-full',
      'DATABASE_URL: sslrootcert: /nowhere/ca.pem cannot be read (ENOENT)',
    ]);
  });
});

describe('access to Kafka', () => {
  const KAFKA_BROKERS = 'k:9092';

  it('is in plain text, and nobody’s, where nothing is said', () => {
    expect(loadConfig({ KAFKA_BROKERS }).kafka).toEqual({ brokers: ['k:9092'] });
  });

  it('may be over TLS, by an authority of one’s own, under a name', () => {
    const env = {
      KAFKA_BROKERS: 'a:9092,b:9093',
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA: fileWith('kafka.pem', CERTIFICATE),
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'litopys',
      KAFKA_SASL_PASSWORD_FILE: fileWith('password', 'swordfish\n'),
    };
    expect(loadConfig(env).kafka).toEqual({
      brokers: ['a:9092', 'b:9093'],
      ssl: { ca: CERTIFICATE },
      sasl: { mechanism: 'scram-sha-512', username: 'litopys', password: 'swordfish' },
    });
    expect(loadConfig({ KAFKA_BROKERS, KAFKA_SSL: 'true' }).kafka).toEqual({ brokers: ['k:9092'], ssl: {} });
  });

  it.each([
    [{ KAFKA_SSL: 'true' }, ['KAFKA_SSL']],
    [{ KAFKA_BROKERS, KAFKA_SSL: 'yes' }, ['KAFKA_SSL']],
    [{ KAFKA_BROKERS, KAFKA_SSL_CA: fileWith('x.pem', CERTIFICATE) }, ['KAFKA_SSL_CA']],
    [{ KAFKA_BROKERS, KAFKA_SSL: 'true', KAFKA_SSL_CA: '/nowhere/ca.pem' }, ['KAFKA_SSL_CA']],
    [{ KAFKA_BROKERS, KAFKA_SSL: 'true', KAFKA_SSL_CA: fileWith('y.pem', 'no') }, ['KAFKA_SSL_CA']],
    [{ KAFKA_BROKERS, KAFKA_SASL_MECHANISM: 'gssapi' }, ['KAFKA_SASL_MECHANISM']],
    [{ KAFKA_BROKERS, KAFKA_SASL_MECHANISM: 'plain' }, ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']],
    [{ KAFKA_BROKERS, KAFKA_SASL_PASSWORD: 'swordfish' }, ['KAFKA_SASL_PASSWORD']],
  ])('by halves is a mistake: %j', (env, names) => {
    const mistakes = mistakesOf(env);
    expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual(names);
    expect(mistakes.join()).not.toContain('swordfish');
  });
});
