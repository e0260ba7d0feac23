import { spawnProcess, type AppProcess } from '../broker/app-process.js';
import type { IntakeWorld } from './intake-world.js';

/** Starts `apps/pledges` on the world's journal and topics, as a process of its own. */
export const spawnProducer = (world: IntakeWorld): Promise<AppProcess> =>
  spawnProcess(world, 'pledges', {
    JOURNAL_URL: world.journal.url,
    KAFKA_BROKERS: world.brokers.join(),
    KAFKA_INTAKE_TOPIC: world.intakeTopic,
    KAFKA_REJECTED_TOPIC: world.rejectedTopic,
    LOG_LEVEL: 'error',
  });
