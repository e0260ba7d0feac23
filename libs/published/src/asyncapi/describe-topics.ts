import { LICENSE, TITLE, VERSION } from '../about.js';
import { languageComponents, reachedFrom } from '../language/components.js';
import { PROBLEM } from '../openapi/problems.js';
import { recordedHeaders, sentHeaders } from './headers.js';
import { recordedMessages, refusalMessages, sentMessages, type Message } from './messages.js';
import { REFUSAL, REFUSAL_HEADERS } from './refusal.js';

/** What the topics are called. */
export interface Topics {
  readonly topic: string;
  readonly intakeTopic: string;
  readonly rejectedTopic: string;
}

export const DEFAULT_TOPICS: Topics = {
  topic: 'litopys.events',
  intakeTopic: 'litopys.intake',
  rejectedTopic: 'litopys.rejected',
};

const DESCRIPTION =
  'The topics of Kafka: what happens between Canada and Ukraine as CloudEvents 1.0, in the Kafka protocol binding. The journal is copied to one topic for ever; who may write to another one appends without HTTP; a third one tells what was refused there.';

/** Nothing that is written may be lost: kept for ever, never compacted. */
const KEEPS_ALL = { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 };

interface Channel {
  readonly address: string;
  readonly description: string;
  readonly settings: object;
  readonly messages: Readonly<Record<string, Message>>;
}

const channelOf = ({ address, description, settings, messages }: Channel): object => ({
  address,
  description,
  messages: Object.fromEntries(Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  bindings: { kafka: { topic: address, topicConfiguration: settings, bindingVersion: '0.5.0' } },
});

const operation = (action: 'send' | 'receive', channel: string, summary: string, bindings?: object): object => ({
  action,
  channel: { $ref: `#/channels/${channel}` },
  summary,
  ...(bindings && { bindings: { kafka: { ...bindings, bindingVersion: '0.5.0' } } }),
});

/** The topics, and the messages on them, as AsyncAPI 3; what is said of an action is said of Litopys. */
export function describeTopics({ topic, intakeTopic, rejectedTopic }: Topics): Record<string, unknown> {
  const [recorded, sent, refused] = [recordedMessages(), sentMessages(), refusalMessages()];
  const messages = { ...recorded, ...sent, ...refused };
  const components = languageComponents();
  components.set('RecordedHeaders', recordedHeaders(components)).set('SentHeaders', sentHeaders(components));
  components.set('Problem', PROBLEM).set('Refusal', REFUSAL).set('RefusalHeaders', REFUSAL_HEADERS);
  return {
    asyncapi: '3.0.0',
    info: { title: TITLE, version: VERSION, description: DESCRIPTION, license: LICENSE },
    defaultContentType: 'application/json',
    channels: {
      events: channelOf({
        address: topic,
        description: 'The journal, in binary mode: each partition in the order of positions.',
        settings: KEEPS_ALL,
        messages: recorded,
      }),
      intake: channelOf({
        address: intakeTopic,
        description: 'Events that are to be appended, in structured or binary mode.',
        settings: KEEPS_ALL,
        messages: sent,
      }),
      rejected: channelOf({
        address: rejectedTopic,
        description: 'What the intake did not take, at least once.',
        settings: { ...KEEPS_ALL, 'max.message.bytes': 4194304 },
        messages: refused,
      }),
    },
    operations: {
      publishEvents: operation('send', 'events', 'The relay copies the journal.'),
      takeEvents: operation('receive', 'intake', 'The producers append what is sent.', {
        groupId: { type: 'string', enum: [`${intakeTopic}.producers`] },
      }),
      publishRefusals: operation('send', 'rejected', 'The producers tell what they refuse.'),
    },
    components: { messages, schemas: reachedFrom(messages, components) },
  };
}
