import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from '@jest/globals';

const MODULE = new URL('./run-until-stopped.ts', import.meta.url).href;

let child: ChildProcess | undefined;

afterEach(() => void child?.kill('SIGKILL'));

/** A process with one thing started that says when it is stopped; `body` is what its start does then. */
function startProcess(body: string): {
  lines: string[];
  until: (line: string) => Promise<void>;
  ended: Promise<unknown[]>;
} {
  const program = `
    import { runUntilStopped } from ${JSON.stringify(MODULE)};
    import { setTimeout as wait } from 'node:timers/promises';
    await runUntilStopped(async ({ running, signal }) => {
      running.started(async () => console.log('stopped'));
      console.log('started');
      ${body}
    });`;
  const node = ['--conditions=development', '--import', '@swc-node/register/esm-register', '--input-type=module'];
  const env = { ...process.env, NODE_OPTIONS: '' };
  child = spawn(process.execPath, [...node, '-e', program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        waiting.get(line)?.();
      });
  const until = (line: string): Promise<void> =>
    lines.includes(line) ? Promise.resolve() : new Promise((resolve) => waiting.set(line, resolve));
  return { lines, until, ended: once(child, 'close') };
}

it('a signal during the start is answered at once, ends the waiting, and stops what has been started', async () => {
  const { lines, until, ended } = startProcess(`await wait(60_000, undefined, { signal }); return 'ready';`);
  await until('started');
  child?.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(lines).toEqual(['started', 'stopping …', 'stopped']);
}, 30_000);

it('a second signal during a start that heeds no signal still stops what has been started', async () => {
  const { lines, until, ended } = startProcess(`await wait(60_000); return 'ready';`);
  await until('started');
  child?.kill('SIGINT');
  await until('stopping …');
  child?.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(lines).toEqual(['started', 'stopping …', 'stopped']);
}, 30_000);
