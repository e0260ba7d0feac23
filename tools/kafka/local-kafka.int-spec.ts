import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../../test/support/eventually.js';
import { canStartKafka, type LocalKafka, startKafka } from './local-kafka.js';

const describeWithJava = (await canStartKafka()) ? describe : describe.skip;
const dir = mkdtempSync(path.join(tmpdir(), 'litopys-kafka-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const clientOf = (brokers: string): Kafka =>
  new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING, retry: { retries: 20, maxRetryTime: 500 } });

async function produce(brokers: string, value: string): Promise<void> {
  const producer = clientOf(brokers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic: 'said', messages: [{ key: 'one', value }] });
  await producer.disconnect();
}

async function consume(brokers: string, groupId: string, count: number): Promise<string[]> {
  const consumer = clientOf(brokers).consumer({ groupId, maxWaitTimeInMs: 250 });
  const said: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: 'said', fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void said.push(String(message.value)) });
  await eventually(() => said.length >= count);
  await consumer.disconnect();
  return said;
}

describeWithJava('a local Kafka', () => {
  let kafka: LocalKafka | undefined;
  afterEach(async () => kafka?.stop());

  it('keeps its records over a kill and a restart on the same port', async () => {
    kafka = await startKafka({ dir });
    const admin = clientOf(kafka.brokers).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'said', numPartitions: 1 }], waitForLeaders: true });
    await admin.disconnect();
    await produce(kafka.brokers, 'before');
    await kafka.kill();
    await kafka.restart();
    await produce(kafka.brokers, 'after');
    expect(await consume(kafka.brokers, 'restarted', 2)).toEqual(['before', 'after']);
  }, 90_000);

  it('adopts the broker whose parent was killed, with its data and port', async () => {
    const { NODE_OPTIONS: _jests, ...env } = process.env;
    const loader = ['--conditions=development', '--import', '@swc-node/register/esm-register'];
    const parent = spawn(process.execPath, [...loader, 'test/support/kafka-process.ts', dir], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const adopted = await startKafka({ dir });
    const { pid, brokers } = JSON.parse(line) as LocalKafka;
    expect([adopted.adopted, adopted.pid, adopted.brokers]).toEqual([true, pid, brokers]);
    expect(adopted.brokers).toBe(kafka?.brokers);
    kafka = adopted;
    expect(await consume(brokers, 'adopted', 2)).toEqual(['before', 'after']);
  }, 90_000);

  it('says so where another program has its port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(startKafka({ dir, port })).rejects.toThrow(`port ${port} is taken`);
    other.close();
  }, 30_000);
});
