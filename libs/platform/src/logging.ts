import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Config } from './config.js';

/** The framework's levels from the worst down: `LOG_LEVEL` says which is the last that is written. */
const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];
const NAMES: Readonly<Record<Config['logLevel'], LogLevel>> = {
  error: 'error',
  warn: 'warn',
  info: 'log',
  debug: 'debug',
};

/** The levels that are written at a configured one: itself and all that is worse. */
export const levelsOf = (level: Config['logLevel']): LogLevel[] => LEVELS.slice(0, LEVELS.indexOf(NAMES[level]) + 1);

/**
 * The logger of a process: lines for eyes on a terminal, one JSON object a line for whatever collects them elsewhere.
 * Hand it to `NestFactory.create(..., { logger })`; every `new Logger(context)` then writes through it.
 */
export function makeLogger(level: Config['logLevel'], isTerminal = process.stdout.isTTY === true): ConsoleLogger {
  return new ConsoleLogger({ logLevels: levelsOf(level), json: !isTerminal, colors: isTerminal });
}
