import { loadConfig, startFailure, type Config } from '#libs/platform';
import { Running } from './running.js';

/** What of this process ends it, and with which code. */
export interface Run {
  readonly config: Config;
  readonly running: Running;
  /** Ends what has been started, and with it the process: something that it cannot do without is gone. */
  readonly giveUp: (why: string) => void;
}

/**
 * Starts a system in this process, prints what `start` answers, and ends it all in order at SIGINT or SIGTERM (code 0),
 * when it gives up (1), or where the environment is not valid (2). A signal waits for what is under way: a half started
 * server would be nobody's to stop.
 */
export async function runUntilStopped(start: (run: Run) => Promise<string>): Promise<void> {
  const running = new Running();
  const end = async (code: number): Promise<never> => {
    await running.stop((error) => console.error(error));
    process.exit(code);
  };
  const giveUp = (why: string): void => {
    console.error(why);
    void end(1);
  };
  const startOrEnd = async (): Promise<void> => {
    try {
      console.log(await start({ config: loadConfig(process.env), running, giveUp }));
    } catch (error) {
      const { said, exitCode } = startFailure(error);
      console.error(said);
      await end(exitCode);
    }
  };
  const starting = startOrEnd();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void starting.then(() => end(0)));
  await starting;
}
