import { type LoggerService } from '@nestjs/common';
import type { KafkaAccess } from '#libs/platform';
import { Kafka, type LogEntry, logLevel, type SASLOptions } from 'kafkajs';

/** How to reach the brokers; `logger` gets what kafkajs has to say. */
export interface KafkaOptions extends KafkaAccess {
  readonly clientId: string;
  readonly logger: LoggerService;
}

/**
 * The client that all parts share. A broker that is away is tried again every second at the latest; kafkajs waits up to
 * half a minute otherwise, long after the broker is back.
 */
export function makeKafka({ brokers, ssl, sasl, clientId, logger }: KafkaOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    ...(ssl && { ssl: ssl.ca === undefined ? true : { ca: ssl.ca } }),
    ...(sasl && { sasl: sasl as SASLOptions }),
    clientId,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => tell(logger, entry),
  });
}

/** True of those who go on with the same producer; the relay begins anew after each send that failed. */
const BESIDE_THE_POINT = 'Limiting retries for the idempotent producer may invalidate EoS guarantees';

/** kafkajs calls errors what it mends by itself (a rebalance, a broker that is starting): warnings here. */
function tell(logger: LoggerService, { level, namespace, log }: LogEntry): void {
  const { message, error, groupId } = log as { message: string; error?: unknown; groupId?: string };
  if (message === BESIDE_THE_POINT) return;
  const told = [namespace, message, typeof error === 'string' ? error : undefined, groupId].filter(Boolean).join(' · ');
  if (level <= logLevel.WARN) logger.warn(told);
  else logger.debug?.(told);
}
