import path from 'node:path';
import { openDatabases, type Databases, type Run } from '#libs/setup';
import { startKafka } from '../kafka/local-kafka.js';

/** What the processes of the set share. */
export interface Servers {
  readonly databases: Databases;
  readonly brokers: string;
}

const KAFKA_PORT = 9092;

async function openBrokers({ config, running, signal }: Run): Promise<string> {
  const {
    kafka: { brokers },
    dataDir,
  } = config;
  if (brokers.length > 0) return brokers.join(',');
  const kafka = await startKafka({ dir: path.join(dataDir, 'kafka'), port: KAFKA_PORT, signal });
  running.started(() => kafka.stop());
  return kafka.brokers;
}

/** The servers of the configuration, or a real PostgreSQL and a real Kafka on the data folder. */
export async function openServers(run: Run): Promise<Servers> {
  const databases = await openDatabases(run, 'npm run start:kafka');
  return { databases, brokers: await openBrokers(run) };
}
