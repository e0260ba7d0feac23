import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig, startFailure, type Config } from '#libs/platform';
import { Running } from './running.js';

/** What of this process ends it, and with which code. */
export interface Run {
  readonly config: Config;
  readonly running: Running;
  /** Aborted when the process is told to end: whatever is waited for is not worth waiting for any more. */
  readonly signal: AbortSignal;
  /** Ends what has been started, and with it the process: something that it cannot do without is gone. */
  readonly giveUp: (why: string) => void;
}

/** How long a start that was told to end may take to come to a place where it can. */
const START_ENDS_MS = 10_000;

/**
 * Starts a system in this process, prints what `start` answers, and ends it all in order at SIGINT or SIGTERM (code 0),
 * when it gives up (1), or where the environment is not valid (2). A signal during the start ends its waiting, and lets
 * a server come up that is half started: it would be nobody's to stop. A second signal waits for nothing, and still
 * stops what has been started.
 */
export async function runUntilStopped(start: (run: Run) => Promise<string>): Promise<void> {
  const running = new Running();
  const told = new AbortController();
  const { signal } = told;
  const end = async (code: number): Promise<never> => {
    await running.stop((error) => console.error(error));
    process.exit(code);
  };
  const giveUp = (why: string): void => {
    if (signal.aborted) return;
    console.error(why);
    void end(1);
  };
  const startOrEnd = async (): Promise<void> => {
    try {
      const said = await start({ config: loadConfig(process.env), running, signal, giveUp });
      if (!signal.aborted) console.log(said);
    } catch (error) {
      if (signal.aborted) return;
      const { said, exitCode } = startFailure(error);
      console.error(said);
      await end(exitCode);
    }
  };
  let starting: Promise<void> = Promise.resolve();
  const onSignal = (): void => {
    if (signal.aborted) return void end(0);
    console.error('stopping …');
    told.abort(new Error('told to end'));
    const late = wait(START_ENDS_MS, undefined, { ref: false });
    void Promise.race([starting, late]).then(() => end(0));
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  starting = startOrEnd();
  await starting;
}
