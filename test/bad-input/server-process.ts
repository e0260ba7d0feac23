import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Called } from './serve.js';

/** Generous, on a machine that has other things to do: what has no answer by then hangs. */
export const DEADLINE_MS = 60_000;

/** The producer under test, in a process of its own. */
export class ServerProcess {
  private calls = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.setMaxListeners(0);
  }

  static async start(journalUrl: string): Promise<ServerProcess> {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = fork('dist/test/bad-input/serve.js', [journalUrl], { env, execArgv: [] });
    const [url] = (await once(child, 'message', { signal: AbortSignal.timeout(DEADLINE_MS) })) as [string];
    return new ServerProcess(child, url);
  }

  /** Hands an event, or a batch, to the library in that process. @throws where nothing is answered in time */
  async call(text: string): Promise<Called> {
    const number = ++this.calls;
    this.child.send({ number, text });
    const signal = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const [called] = (await once(this.child, 'message', { signal })) as [Called];
      if (called.number === number) return called;
    }
  }

  /** Whether it lives. */
  get isUp(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(): Promise<void> {
    if (!this.isUp) return;
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await exit;
    clearTimeout(timer);
  }
}
