import kafkajs, { type Admin } from 'kafkajs';
import { StopError } from './stop.js';

/** A record batch as large as the broker's default takes (1 MiB) must fit, or an event may never pass. */
export const BATCH_BYTES = 1_000_000;

const SETTINGS = {
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'unclean.leader.election.enable': 'false',
} as const;

/**
 * Settings under which a topic would lose events, each as a sentence that says the mend.
 * Source: Kafka's topic configuration; a compacted topic keeps but the last record of a key.
 */
export function findLossySettings(settings: Readonly<Record<string, string | null>>): string[] {
  const wrong = Object.entries(SETTINGS)
    .filter(([name, wanted]) => (settings[name] ?? wanted) !== wanted)
    .map(([name, wanted]) => `${name} is ${settings[name]} and must be ${wanted}`);
  const limit = Number(settings['max.message.bytes'] ?? Infinity);
  if (limit < BATCH_BYTES) wrong.push(`max.message.bytes is ${limit} and must be at least ${BATCH_BYTES}`);
  return wrong;
}

/**
 * Makes sure that the topic exists and keeps every event, and answers its number of partitions. Made here it has
 * `partitions`, keeps records for ever and stands on three brokers where there are as many; one that exists is taken
 * with the partitions that it has.
 * @throws StopError `topic-loses-events`
 */
export async function ensureTopic(admin: Admin, topic: string, partitions = 4): Promise<number> {
  const existing = await admin.listTopics();
  if (!existing.includes(topic)) await createTopic(admin, topic, partitions);
  const wrong = findLossySettings(await readSettings(admin, topic));
  if (wrong.length > 0)
    throw new StopError('topic-loses-events', `The topic ${topic} would lose events: ${wrong.join('; ')}.`);
  return await countPartitions(admin, topic);
}

async function createTopic(admin: Admin, topic: string, numPartitions: number): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const replicationFactor = Math.min(3, brokers.length);
  const configs: Record<string, string> = { ...SETTINGS, 'min.insync.replicas': replicationFactor === 3 ? '2' : '1' };
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  // False when another relay was first, which is as good.
  await admin.createTopics({
    topics: [{ topic, numPartitions, replicationFactor, configEntries }],
    waitForLeaders: true,
  });
}

async function readSettings(admin: Admin, topic: string): Promise<Record<string, string | null>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configNames: [...Object.keys(SETTINGS), 'max.message.bytes'],
      },
    ],
  });
  const entries = resources.flatMap(({ configEntries }) => configEntries);
  return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
}

async function countPartitions(admin: Admin, topic: string): Promise<number> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
}
