export {
  EachBatchServer,
  type ArrivedBatch,
  type ConsumerState,
  type EachBatchOptions,
} from './consume/each-batch-server.js';
export type { ConsumerShare } from './consume/lags.js';
export { intakeCheck, receiverCheck, relayCheck } from './health-checks.js';
export { IntakeServer, type IntakeServerOptions } from './intake/intake-server.js';
export { readRefusals } from './intake/read-refusals.js';
export type { Refusal, Refused } from './intake/refusal.js';
export { makeKafka, type KafkaOptions } from './kafka.js';
export {
  fromMessage,
  toMessage,
  type ArrivedEvent,
  type ArrivedMessage,
  type EventMessage,
  type ForeignRecord,
} from './message.js';
export { replicaMigrations } from './migrations/index.js';
export { receiveFromStart, type FromStartOptions } from './receiver/receive-from-start.js';
export { Receiver, type ReceiverHealth, type ReceiverOptions } from './receiver/receiver.js';
export { ReceiverServer, type ReceiverServerOptions } from './receiver/receiver-server.js';
export { republish } from './relay/progress.js';
export { Relay, type RelayHealth, type RelayOptions } from './relay/relay.js';
export { StopError, type StopCode } from './stop.js';
export { ensureTopic } from './topic.js';
