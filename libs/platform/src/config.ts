import { z } from 'zod';
import { databaseUrl } from './config-database.js';
import { takeSecretFiles } from './config-files.js';
import { kafkaAccess, kafkaFields, mistakesOfKafka, type KafkaAccess } from './config-kafka.js';

/** Every variable that is read, with its default and meaning; the README's table is compared with this. */
export const VARIABLES = {
  DATABASE_URL: {
    fallback: '',
    says: 'PostgreSQL 18 for journal and views; unset: an embedded one (standalone, start:kafka)',
  },
  JOURNAL_URL: { fallback: 'DATABASE_URL', says: 'Database of the journal, where it is another' },
  VIEWS_URL: { fallback: 'DATABASE_URL', says: 'Database of replica and views, where it is another' },
  DATABASE_URL_FILE: { fallback: '', says: 'File that holds it, in place of DATABASE_URL' },
  JOURNAL_URL_FILE: { fallback: '', says: 'File that holds it, in place of JOURNAL_URL' },
  VIEWS_URL_FILE: { fallback: '', says: 'File that holds it, in place of VIEWS_URL' },
  KAFKA_BROKERS: { fallback: '', says: 'Brokers, host:port separated by commas; unset: start:kafka starts one' },
  KAFKA_SSL: { fallback: 'false', says: 'true: brokers are reached over TLS' },
  KAFKA_SSL_CA: {
    fallback: '',
    says: 'File (PEM) of the authority that brokers are trusted by; unset: those of Node.js',
  },
  KAFKA_SASL_MECHANISM: { fallback: '', says: 'plain, scram-sha-256 or scram-sha-512; unset: none' },
  KAFKA_SASL_USERNAME: { fallback: '', says: 'Name at the brokers' },
  KAFKA_SASL_PASSWORD: { fallback: '', says: 'Password at the brokers' },
  KAFKA_SASL_PASSWORD_FILE: { fallback: '', says: 'File that holds it, in place of KAFKA_SASL_PASSWORD' },
  KAFKA_TOPIC: { fallback: 'litopys.events', says: 'Topic that carries the journal' },
  KAFKA_INTAKE_TOPIC: { fallback: 'litopys.intake', says: 'Topic that events are taken from' },
  KAFKA_REJECTED_TOPIC: { fallback: 'litopys.rejected', says: 'Topic that gets what the intake refuses' },
  HOST: { fallback: '127.0.0.1', says: 'Address to listen on' },
  WRITE_WITHOUT_KEY: {
    fallback: 'loopback',
    says: 'loopback: programs of this machine write without a key where HOST is loopback; never: nobody does',
  },
  RATE_LIMIT: { fallback: '6000', says: 'Requests that write, a minute and key; 0: as many as come' },
  PORT: { fallback: "the app's own, 3000 to 3007", says: 'Port to listen on' },
  DATA_DIR: { fallback: './data', says: 'Folder of the embedded PostgreSQL and the local Kafka' },
  LANES: { fallback: '1', says: 'Lanes of a new generation: loops that project side by side' },
  CHECKPOINT_KEY: { fallback: '', says: 'File of the key that signs checkpoints (`litopys checkpoint keygen`)' },
  LOG_LEVEL: { fallback: 'info', says: 'error, warn, info or debug' },
} as const;

const topic = (fallback: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,249}$/, 'a topic is up to 249 of letters, digits, ".", "_" and "-"')
    .default(fallback);

const fields = z.object({
  DATABASE_URL: databaseUrl.optional(),
  JOURNAL_URL: databaseUrl.optional(),
  VIEWS_URL: databaseUrl.optional(),
  ...kafkaFields,
  KAFKA_TOPIC: topic('litopys.events'),
  KAFKA_INTAKE_TOPIC: topic('litopys.intake'),
  KAFKA_REJECTED_TOPIC: topic('litopys.rejected'),
  HOST: z.string().min(1).default('127.0.0.1'),
  WRITE_WITHOUT_KEY: z.enum(['loopback', 'never']).default('loopback'),
  RATE_LIMIT: z.coerce.number().int().min(0).default(6000),
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  LANES: z.coerce.number().int().min(1).max(64).default(1),
  CHECKPOINT_KEY: z.string().optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
});

const environment = fields.superRefine((given, context) => {
  const { KAFKA_TOPIC, KAFKA_INTAKE_TOPIC, KAFKA_REJECTED_TOPIC } = given;
  for (const [name, message] of mistakesOfKafka(given)) context.addIssue({ code: 'custom', path: [name], message });
  // What is read from one topic and written to another would go round for ever where the two are one.
  if (new Set([KAFKA_TOPIC, KAFKA_INTAKE_TOPIC, KAFKA_REJECTED_TOPIC]).size < 3)
    context.addIssue({
      code: 'custom',
      path: ['KAFKA_INTAKE_TOPIC'],
      message: 'it, KAFKA_TOPIC and KAFKA_REJECTED_TOPIC must be three topics',
    });
});

export interface Config {
  /** Undefined where no database is configured: an embedded one is started or found in `dataDir`. */
  readonly journalUrl: string | undefined;
  readonly viewsUrl: string | undefined;
  readonly kafka: KafkaAccess;
  readonly topic: string;
  readonly intakeTopic: string;
  readonly rejectedTopic: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly writeWithoutKey: 'loopback' | 'never';
  readonly rateLimit: number;
  readonly dataDir: string;
  readonly lanes: number;
  /** File of the key that signs checkpoints. */
  readonly checkpointKey: string | undefined;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
}

/** What is wrong with the environment: every mistake at once, by variable; never a value, which may be a secret. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`the environment is not valid:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and validates the environment; an empty variable counts as unset. @throws ConfigError */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const files = takeSecretFiles(env);
  const given = Object.entries(files.env).filter(([name, value]) => name in VARIABLES && value !== '');
  const { data, error } = environment.safeParse(Object.fromEntries(given));
  const found = error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const mistakes = [...files.mistakes, ...found];
  if (error || mistakes.length > 0) throw new ConfigError(mistakes);
  return {
    journalUrl: data.JOURNAL_URL ?? data.DATABASE_URL,
    viewsUrl: data.VIEWS_URL ?? data.DATABASE_URL,
    kafka: kafkaAccess(data),
    topic: data.KAFKA_TOPIC,
    intakeTopic: data.KAFKA_INTAKE_TOPIC,
    rejectedTopic: data.KAFKA_REJECTED_TOPIC,
    host: data.HOST,
    port: data.PORT,
    writeWithoutKey: data.WRITE_WITHOUT_KEY,
    rateLimit: data.RATE_LIMIT,
    dataDir: data.DATA_DIR,
    lanes: data.LANES,
    checkpointKey: data.CHECKPOINT_KEY,
    logLevel: data.LOG_LEVEL,
  };
}
