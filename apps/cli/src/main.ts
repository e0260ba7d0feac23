#!/usr/bin/env node
import 'reflect-metadata';
import { CommanderError } from 'commander';
import { exitCodeOf, sentencesOf } from './exit-codes.js';
import { makeProgram } from './program.js';

// Whoever reads us may have seen enough: `litopys entries | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await makeProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (!(error instanceof CommanderError)) process.stderr.write(`${sentencesOf(error as Error)}\n`);
}
