import { rmSync } from 'node:fs';
import { afterAll, expect, it, jest } from '@jest/globals';
import { makeKafka } from '#libs/broker';
import { readHistory } from '#libs/setup';
import { binary, eventOf, structured } from './intake/events.js';
import { sendRecords } from './intake/send-records.js';
import { freshDatabase } from './support/database.js';
import { issued } from './support/domain/commands.js';
import { eventually } from './support/eventually.js';
import { brokers, describeWithKafka, uniqueName } from './support/kafka.js';
import { answersOf } from './support/same-answers.js';
import { endScripts, freePorts, freshDataDir, runScript, startScript, type Script } from './support/script.js';

jest.setTimeout(240_000);

const PATHS = [
  '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24',
  '/v1/pledges/2025-g7-military-package',
  '/v1/pledges/2025-g7-military-package?as_known_at=2025-08-23',
  '/v1/pledges/2025-g7-military-package?as_recorded_at=23',
  '/v1/events?limit=200',
];

/** What comes by topic goes the whole way, and what is refused there can be looked at. */
async function sendThroughTopic(url: string, intake: string, rejected: string): Promise<void> {
  const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };
  const kafka = makeKafka({ brokers, clientId: 'test', logger: quiet });
  const event = eventOf(issued(), 'by-topic', 'statement/by-topic');
  await sendRecords(kafka, intake, [structured(event), { ...binary(event), key: 'other' }, { key: 'k', value: null }]);
  const entry = `${url}/v1/entries/statement/by-topic@1`;
  await eventually(
    async () => (await fetch(entry)).status,
    (status) => status === 200,
  );
  const env = { KAFKA_BROKERS: brokers.join(), KAFKA_REJECTED_TOPIC: rejected };
  const told = await eventually(
    () => runScript('apps/cli/src/main.js', env, ['rejected']),
    ({ said }) => said.includes('no-event'),
  );
  expect(told).toMatchObject({ code: 0, said: expect.stringMatching(/\d@0 +no-event .*\n1 refused\n$/s) });
}

/** The process that the script says it has started under this name. */
const pidOf = (name: string, { said }: Script): number =>
  Number(new RegExp(`^${name} *\\| process (\\d+) at`, 'm').exec(said())?.[1]);

describeWithKafka('the set of processes over Kafka', () => {
  const dataDir = freshDataDir();
  const drops: (() => Promise<void>)[] = [() => Promise.resolve(rmSync(dataDir, { recursive: true, force: true }))];

  afterAll(async () => {
    await endScripts();
    for (const drop of drops) await drop();
  });

  async function startSet(env: Record<string, string>): Promise<{ script: Script; url: string }> {
    const port = await freePorts(8);
    const script = startScript('tools/start-kafka.js', {
      DATA_DIR: dataDir,
      KAFKA_BROKERS: brokers.join(),
      ...env,
      PORT: String(port),
    });
    await script.untilSaid('Litopys is ready', 120);
    return { script, url: `http://127.0.0.1:${port}` };
  }

  it('answers as the one process does, but for what is a journal’s own; takes events by topic; goes on with the same data; a death takes the rest down by name', async () => {
    const [one, set] = [await freshDatabase(), await freshDatabase()];
    drops.push(
      () => one.drop(),
      () => set.drop(),
    );

    const port = await freePorts(1);
    const standalone = startScript('apps/standalone/src/main.js', { DATABASE_URL: one.url, PORT: String(port) });
    await standalone.untilSaid('Litopys is ready');
    const alone = await answersOf(`http://127.0.0.1:${port}`, PATHS);
    standalone.signal('SIGINT');
    expect(await standalone.ended).toBe(0);

    const topics = { KAFKA_INTAKE_TOPIC: uniqueName('intake'), KAFKA_REJECTED_TOPIC: uniqueName('rejected') };
    const first = await startSet({ DATABASE_URL: set.url, KAFKA_TOPIC: uniqueName('set'), ...topics });
    expect(first.script.said()).toContain(`${readHistory().length} of them of the history loaded now`);
    expect(await answersOf(first.url, PATHS)).toEqual(alone);
    await sendThroughTopic(first.url, topics.KAFKA_INTAKE_TOPIC, topics.KAFKA_REJECTED_TOPIC);
    first.script.signal('SIGINT');
    expect(await first.script.ended).toBe(0);

    // The very database that the one process has worked on, its views made of the journal.
    const second = await startSet({ DATABASE_URL: one.url, KAFKA_TOPIC: uniqueName('set') });
    expect(await answersOf(second.url, PATHS)).toEqual(alone);
    process.kill(pidOf('relay', second.script), 'SIGKILL');
    expect(await second.script.ended).toBe(1);
    expect(second.script.said()).toContain('relay has ended by SIGKILL');
    await expect(fetch(second.url)).rejects.toThrow();
  });
});
