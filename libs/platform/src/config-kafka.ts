import { z } from 'zod';
import { readText } from './config-files.js';

/** How brokers are reached. */
export interface KafkaAccess {
  /** `host:port`; empty where none is configured. */
  readonly brokers: readonly string[];
  /** Left out: in plain text. `ca` is the PEM text of the authority that is trusted; left out: those that Node trusts. */
  readonly ssl?: { readonly ca?: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** The variables that say how brokers are reached. */
export const kafkaFields = {
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'host:port, separated by commas, is wanted')
    .optional(),
  KAFKA_SSL: z.enum(['true', 'false']).default('false'),
  KAFKA_SSL_CA: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
};

type Given = z.infer<z.ZodObject<typeof kafkaFields>>;

/** What is said by halves, as variable and sentence: the other half is missing, or nobody would listen. */
export function mistakesOfKafka(given: Given): [name: string, detail: string][] {
  const { KAFKA_BROKERS, KAFKA_SSL, KAFKA_SSL_CA, KAFKA_SASL_MECHANISM } = given;
  const mistakes: [string, string][] = [];
  const of = (name: keyof Given, detail: string): number => mistakes.push([name, detail]);
  if (KAFKA_BROKERS === undefined && KAFKA_SSL === 'true') of('KAFKA_SSL', 'of no use without KAFKA_BROKERS');
  if (KAFKA_BROKERS === undefined && KAFKA_SASL_MECHANISM)
    of('KAFKA_SASL_MECHANISM', 'of no use without KAFKA_BROKERS');
  if (KAFKA_SSL_CA !== undefined && KAFKA_SSL === 'false') of('KAFKA_SSL_CA', 'of no use without KAFKA_SSL=true');
  for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const) {
    if (KAFKA_SASL_MECHANISM && given[name] === undefined) of(name, 'needed where KAFKA_SASL_MECHANISM is set');
    if (!KAFKA_SASL_MECHANISM && given[name] !== undefined) of(name, 'of no use without KAFKA_SASL_MECHANISM');
  }
  const ca = KAFKA_SSL_CA === undefined ? { text: '' } : readText(KAFKA_SSL_CA);
  if ('trouble' in ca) of('KAFKA_SSL_CA', ca.trouble);
  else if (KAFKA_SSL_CA !== undefined && !ca.text.includes('-----BEGIN CERTIFICATE-----'))
    of('KAFKA_SSL_CA', `${KAFKA_SSL_CA} holds no certificate in PEM`);
  return mistakes;
}

/** @param given without mistakes */
export function kafkaAccess(given: Given): KafkaAccess {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = given;
  const read = given.KAFKA_SSL_CA === undefined ? undefined : readText(given.KAFKA_SSL_CA);
  return {
    brokers: given.KAFKA_BROKERS?.split(',') ?? [],
    ...(given.KAFKA_SSL === 'true' && { ssl: read && 'text' in read ? { ca: read.text } : {} }),
    ...(mechanism && username !== undefined && password !== undefined && { sasl: { mechanism, username, password } }),
  };
}
