import { jest } from '@jest/globals';
import { makeProgram } from '../../apps/cli/src/program.js';
import { exitCodeOf, sentencesOf } from '../../apps/cli/src/exit-codes.js';

/** How a command ended, and all that it wrote to standard output; of one that failed, its sentences. */
export interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Runs `litopys` in this process, with these variables set: what a command does, without the time a process takes. */
export async function litopys(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  const before = { ...process.env };
  let said = '';
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true)),
    jest.spyOn(process.stderr, 'write').mockReturnValue(true),
  ];
  Object.assign(process.env, env);
  try {
    await makeProgram().parseAsync(['node', 'litopys', ...args]);
    return { code: Number(process.exitCode ?? 0), said };
  } catch (error) {
    return { code: exitCodeOf(error), said: sentencesOf(error as Error) };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.env = before;
    process.exitCode = undefined;
  }
}
