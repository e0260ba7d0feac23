import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { commandOf, endProcess, freePort, isAlive } from './local-process.js';

it('ends a process that ignores the signal, and knows that it is gone', async () => {
  const deaf = spawn(process.execPath, [
    '-e',
    "process.on('SIGTERM', () => 0); console.log(1); setInterval(() => 0, 9e4)",
  ]);
  await new Promise((resolve) => deaf.stdout.once('data', resolve));
  const pid = deaf.pid ?? 0;
  expect([isAlive(pid), await commandOf(pid)]).toEqual([true, expect.stringContaining('SIGTERM')]);
  await endProcess(pid, 'SIGTERM', 300);
  expect([isAlive(pid), await commandOf(pid)].map(Boolean)).toEqual([false, false]);
  await endProcess(pid, 'SIGTERM', 300);
});

it('finds a port that can be listened on', async () => {
  expect(await freePort()).toBeGreaterThan(1023);
});
