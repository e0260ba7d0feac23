import { CommanderError } from 'commander';
import {
  ConfigError,
  ConflictError,
  IntegrityError,
  isTlsFailure,
  isUnreadableStorage,
  LitopysError,
  NotFoundError,
  TransientError,
  ValidationError,
} from '#libs/platform';
import { isConnectionFailure } from '#libs/journal';
import { LoopStop } from '#libs/projection';

/** What a program that calls us can tell from how we ended. */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3, integrity: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Node's own words for a name or a port that does not answer. */
const AWAY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']);

/** PostgreSQL's words for a database or a schema that is not there: nothing that we could work on. */
const NOT_THERE = new Set(['3D000', '3F000', '42P01', '28P01', '28000']);

/** PostgreSQL's words for what this account may not do. */
const FORBIDDEN = '42501';

/** What is to be done where the driver or PostgreSQL says but what is wrong. */
function mendOf(error: unknown): string | undefined {
  if (['3F000', '42P01'].includes(codeOf(error))) return 'run `litopys migrate`';
  if (!isTlsFailure(error)) return undefined;
  return codeOf(error) === ''
    ? 'have the server speak TLS (ssl = on), or take sslmode out of the URL'
    : 'say in the URL whom to trust: ?sslmode=verify-full&sslrootcert=FILE, with the certificate of its authority';
}

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';

/** kafkajs tells but by the name that it was the broker: away, or without the topic. */
const isOfKafka = (error: unknown): boolean => (error as Error | null)?.name?.startsWith('KafkaJS') === true;

const isAway = (error: unknown): boolean =>
  error instanceof TransientError ||
  isOfKafka(error) ||
  isConnectionFailure(error) ||
  AWAY.has(codeOf(error)) ||
  NOT_THERE.has(codeOf(error));

/** The one place where errors become exit codes. @throws what is no error of ours: a bug shows its stack */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError || error instanceof ValidationError) return EXIT.usage;
  if (error instanceof NotFoundError || error instanceof ConflictError) return EXIT.refused;
  if (error instanceof LoopStop) return error.code === 'feed-diverged' ? EXIT.integrity : EXIT.refused;
  if (error instanceof IntegrityError || isUnreadableStorage(error)) return EXIT.integrity;
  if (isAway(error)) return EXIT.unreachable;
  if (error instanceof LitopysError || codeOf(error) === FORBIDDEN) return EXIT.refused;
  throw error;
}

/** What is said of an error: the sentence, each mistake behind its field where there are several, the mend. */
export function sentencesOf(error: Error): string {
  if (error instanceof LoopStop) return `${error.message}\n${error.mend}`;
  if (!(error instanceof LitopysError))
    return [error.message || codeOf(error), mendOf(error)].filter(Boolean).join('\n');
  const [only, ...more] = error.errors;
  if (!only) return [error.message, error.mend].filter(Boolean).join('\n');
  if (more.length === 0) return [error.message, only.mend].filter(Boolean).join('\n');
  const mistakes = error.errors.map(
    ({ field, detail, mend }) => `  ${field ?? ''}: ${[detail, mend].filter(Boolean).join(' ')}`,
  );
  return [error.message, ...mistakes].join('\n');
}
