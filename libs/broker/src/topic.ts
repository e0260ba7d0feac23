import kafkajs, { type Admin } from 'kafkajs';
import { StopError, type StopCode } from './stop.js';

/** A record batch as large as the broker's default takes (1 MiB) must fit, or an event may never pass. */
export const BATCH_BYTES = 1_000_000;

/** Kafka's own names and values. A compacted topic keeps but the last record of a key. Source: its topic configuration. */
const LOSES_NONE = { 'cleanup.policy': 'delete', 'unclean.leader.election.enable': 'false' };
const KEEPS_ALL = { ...LOSES_NONE, 'retention.ms': '-1', 'retention.bytes': '-1' };

/** What a topic is to be like. */
export interface TopicKind {
  /** Settings that one must have that exists already. */
  readonly demands: Readonly<Record<string, string>>;
  /** Settings that it is made with. */
  readonly madeWith: Readonly<Record<string, string>>;
  /** Bytes of a record batch that it must take. */
  readonly atLeast: number;
  readonly stop: StopCode;
}

/** The journal's copy, out of which a replica is made whole again: everything, for ever. */
export const JOURNAL_TOPIC: TopicKind = {
  demands: KEEPS_ALL,
  madeWith: KEEPS_ALL,
  atLeast: BATCH_BYTES,
  stop: 'topic-loses-events',
};

/** What comes in is kept until it is taken, so for ever unless its operator knows how long that can be. */
export const INTAKE_TOPIC: TopicKind = {
  demands: LOSES_NONE,
  madeWith: KEEPS_ALL,
  atLeast: BATCH_BYTES,
  stop: 'intake-loses-events',
};

/** A refusal carries the largest record that the intake takes unless told otherwise (1 MiB), written as base64. */
export const REJECTED_TOPIC: TopicKind = {
  ...INTAKE_TOPIC,
  madeWith: { ...KEEPS_ALL, 'max.message.bytes': '4194304' },
};

/** A topic as it stands. */
export interface Topic {
  readonly partitions: number;
  /** Bytes of a record batch at most. */
  readonly maxBytes: number;
}

/** Settings under which a topic of that kind would lose events, each as a sentence that says the mend. */
function findLossySettings({ demands, atLeast }: TopicKind, settings: Readonly<Record<string, string | null>>) {
  const wrong = Object.entries(demands)
    .filter(([name, wanted]) => (settings[name] ?? wanted) !== wanted)
    .map(([name, wanted]) => `${name} is ${settings[name]} and must be ${wanted}`);
  const limit = Number(settings['max.message.bytes'] ?? Infinity);
  if (limit < atLeast) wrong.push(`max.message.bytes is ${limit} and must be at least ${atLeast}`);
  return wrong;
}

/**
 * Makes sure that the topic exists and loses nothing, and answers how it stands. Made here it has `partitions` and stands
 * on three brokers where there are as many; one that exists is taken with the partitions that it has.
 * @throws StopError as its kind says
 */
export async function ensureTopic(admin: Admin, topic: string, partitions = 4, kind = JOURNAL_TOPIC): Promise<Topic> {
  const existing = await admin.listTopics();
  if (!existing.includes(topic)) await createTopic(admin, topic, kind, partitions);
  const settings = await readSettings(admin, topic, kind);
  const wrong = findLossySettings(kind, settings);
  if (wrong.length > 0) throw new StopError(kind.stop, `The topic ${topic} would lose events: ${wrong.join('; ')}.`);
  return {
    partitions: await countPartitions(admin, topic),
    maxBytes: Number(settings['max.message.bytes'] ?? BATCH_BYTES),
  };
}

async function createTopic(admin: Admin, topic: string, { madeWith }: TopicKind, numPartitions: number): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const replicationFactor = Math.min(3, brokers.length);
  const configs: Record<string, string> = { ...madeWith, 'min.insync.replicas': replicationFactor === 3 ? '2' : '1' };
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  // False when another process was first, which is as good.
  await admin.createTopics({
    topics: [{ topic, numPartitions, replicationFactor, configEntries }],
    waitForLeaders: true,
  });
}

async function readSettings(
  admin: Admin,
  topic: string,
  { demands }: TopicKind,
): Promise<Record<string, string | null>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configNames: [...Object.keys(demands), 'max.message.bytes'],
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
