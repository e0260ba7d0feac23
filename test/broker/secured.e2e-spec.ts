import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeKafka } from '#libs/broker';
import { readEvent } from '#libs/journal';
import { freePort, type KafkaAccess } from '#libs/platform';
import { startKafka, type LocalKafka } from '../../tools/kafka/local-kafka.js';
import { makeCertificate } from '../support/certificates.js';
import { openingOf } from '../support/domain/bodies.js';
import { describeWithKafka, uniqueName } from '../support/kafka.js';
import { spawnApp, type AppProcess } from './app-process.js';
import { eventually, NO_DIFFERENCE, World } from './world.js';

const USERNAME = 'litopys';
const PASSWORD = 'swordfish-7c1e';
const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };

describeWithKafka('a broker that is reached over TLS, under a name', () => {
  let folder: string;
  let kafka: LocalKafka;
  let access: Required<KafkaAccess>;
  let env: Record<string, string>;
  let strangersCa: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'litopys-secured-'));
    const [own, other] = [await makeCertificate(folder, 'own'), await makeCertificate(folder, 'other')];
    const port = await freePort();
    const secured = { port, keystore: own.keystore, username: USERNAME, password: PASSWORD };
    kafka = await startKafka({ dir: path.join(folder, 'kafka'), secured });
    strangersCa = other.certificate;
    const passwordFile = path.join(folder, 'password');
    writeFileSync(passwordFile, `${PASSWORD}\n`);
    access = {
      brokers: [`127.0.0.1:${port}`],
      ssl: { ca: readFileSync(own.certificate, 'utf8') },
      sasl: { mechanism: 'scram-sha-256', username: USERNAME, password: PASSWORD },
    };
    env = {
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA: own.certificate,
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: USERNAME,
      KAFKA_SASL_PASSWORD_FILE: passwordFile,
    };
  }, 90_000);

  afterAll(async () => {
    await kafka.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const topicsBy = async (how: KafkaAccess): Promise<string[]> => {
    const admin = makeKafka({ ...how, clientId: 'test', logger: quiet }).admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  };

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('lets us in by %s', async (mechanism) => {
    expect(await topicsBy({ ...access, sasl: { ...access.sasl, mechanism } })).toEqual(expect.any(Array));
  });

  it.each(['plain', 'scram-sha-256'] as const)('keeps a wrong password out, by %s', async (mechanism) => {
    const sasl = { mechanism, username: USERNAME, password: 'wrong' };
    await expect(topicsBy({ ...access, sasl })).rejects.toThrow(/SASL .* failed|authentication failed/i);
  });

  it('is kept out itself, where another authority vouches for it', async () => {
    const ssl = { ca: readFileSync(strangersCa, 'utf8') };
    await expect(topicsBy({ ...access, ssl })).rejects.toThrow(/self-signed certificate/);
  });

  it('carries events from intake to replica, through apps that know it by their environment', async () => {
    const world = await World.create(access);
    try {
      const topics = { KAFKA_INTAKE_TOPIC: uniqueName('intake'), KAFKA_REJECTED_TOPIC: uniqueName('rejected') };
      const apps = await Promise.all([
        spawnApp(world, 'relay', env),
        spawnApp(world, 'projector', env),
        spawnApp(world, 'pledges', { ...env, ...topics }),
      ]);
      for (const app of apps) await untilReady(app);
      await world.produce([{ value: JSON.stringify(EVENT), headers: STRUCTURED }], topics.KAFKA_INTAKE_TOPIC);
      await world.untilReplicated(1, 30);
      expect(await readEvent(world.journal, 'journal', EVENT.subject, 1)).toMatchObject({ id: EVENT.id });
      expect(await world.differences()).toEqual(NO_DIFFERENCE);
    } finally {
      await world.close();
    }
  }, 120_000);

  it('is waited for where the password is wrong, and nobody is told the password', async () => {
    const world = await World.create(access);
    try {
      const { KAFKA_SASL_PASSWORD_FILE: _file, ...rest } = env;
      const wrong = { ...rest, KAFKA_SASL_PASSWORD: 'marlin-99ab', LOG_LEVEL: 'debug' };
      const apps = [await spawnApp(world, 'relay', wrong), await spawnApp(world, 'projector', wrong)];
      for (const app of apps) {
        await eventually(
          'it says that it is not let in',
          async () => /authentication/i.test(JSON.stringify((await app.ready()).body)),
          60,
        );
        expect((await app.ready()).status).toBe(503);
        expect(app.said() + JSON.stringify((await app.ready()).body)).not.toContain('marlin-99ab');
      }
    } finally {
      await world.close();
    }
  }, 120_000);
});

const STRUCTURED = { 'content-type': 'application/cloudevents+json' };

const EVENT = {
  specversion: '1.0',
  id: 'over-tls',
  source: 'urn:example:desk',
  type: 'litopys.pledge.announced.v1',
  subject: 'pledge/over-tls',
  data: openingOf('over-tls'),
};

const untilReady = (app: AppProcess): Promise<void> =>
  eventually('it is ready', async () => (await app.ready()).status === 200, 60);
