import { inspect } from 'node:util';
import { ConfigError } from './config.js';
import { LitopysError } from './errors.js';
import { isUnreadableStorage } from './unreadable-storage.js';

/** Why a process does not start, in words for whoever started it, and the code that it ends with: 2 for its settings, 4 for what is stored. */
export interface StartFailure {
  readonly said: string;
  readonly exitCode: 1 | 2 | 4;
}

interface ListenError {
  readonly code: 'EADDRINUSE';
  readonly address: string;
  readonly port: number;
}

const isTaken = (error: unknown): error is ListenError => (error as { code?: unknown } | null)?.code === 'EADDRINUSE';

/** What is no error of ours is told whole. */
export function startFailure(error: unknown): StartFailure {
  if (error instanceof ConfigError) return { said: error.message, exitCode: 2 };
  if (error instanceof LitopysError)
    return { said: [error.message, error.mend].filter(Boolean).join('\n'), exitCode: 1 };
  if (isTaken(error))
    return { said: `${error.address}:${error.port} is taken by another program: stop it, or set PORT`, exitCode: 1 };
  if (isUnreadableStorage(error))
    return {
      said: `the database cannot read what it has stored: ${error.message}\n\`npx litopys verify\` names the events; restore it from a copy that can be read`,
      exitCode: 4,
    };
  return { said: inspect(error), exitCode: 1 };
}
