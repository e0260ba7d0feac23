import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import ts from 'typescript';
import { describeWithPython, pythonWith } from './support/python.js';
import { endScripts, freePorts, freshDataDir, startScript } from './support/script.js';

jest.setTimeout(180_000);

/** What docs/producing.md tells its reader to run while `npm start` runs, each with what it shows of the answer. */
interface Example {
  readonly language: string;
  readonly code: string;
  /** A pattern, where the page shows what comes of it. */
  readonly answer: RegExp | undefined;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patternOf = (shown: string): RegExp => new RegExp(`^${shown.trim().split('...').map(escaped).join('[^]*')}$`);

const page = readFileSync('docs/producing.md', 'utf8');
const examples = [...page.matchAll(/^```(sh|ts|python)\n([^]*?)^```\n(?:\n```\n([^]*?)^```\n)?/gm)].map(
  ([, language = '', code = '', shown]): Example => ({
    language,
    code,
    answer: shown === undefined ? undefined : patternOf(shown),
  }),
);

const dataDir = freshDataDir();
const cache = path.resolve('node_modules/.cache/litopys');
let folder: string;
let url: string;

beforeAll(async () => {
  const port = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  // Where the packages of the project are found.
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(path.join(cache, 'producing-'));
  await startScript('apps/standalone/src/main.js', { DATA_DIR: dataDir, PORT: String(port) }).untilSaid('is ready');
});

afterAll(async () => {
  await endScripts();
  for (const dir of [dataDir, folder]) rmSync(dir, { recursive: true, force: true });
});

async function run(command: string, args: readonly string[]): Promise<string> {
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  return (await promisify(execFile)(command, [...args], { env: { ...env, DATA_DIR: dataDir } })).stdout.trim();
}

function file(name: string, text: string): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

const here = (code: string): string =>
  code.replaceAll('http://127.0.0.1:3000', url).replaceAll('npx litopys', 'node dist/apps/cli/src/main.js');
const inLanguage = (language: string): Example[] => examples.filter((one) => one.language === language);

/** What needs Kafka, or a program that is not ours, is run by other tests, or by nobody. */
const isRunHere = ({ code }: Example): boolean => /\bcurl |\blitopys keys /.test(code);

it('every command that the page shows does as it shows', async () => {
  const commands = inLanguage('sh').filter(isRunHere);
  expect(commands.filter(({ answer }) => answer).length).toBeGreaterThan(6);
  for (const { code, answer = /^(?![^]*urn:litopys:problem)/ } of commands)
    expect([code, await run('sh', ['-ec', here(code)])]).toEqual([code, expect.stringMatching(answer)]);
});

it('its TypeScript sends and reads an event', async () => {
  const [{ code, answer }] = inLanguage('ts') as [Example];
  const { outputText } = ts.transpileModule(here(code), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  expect(await run(process.execPath, [file('example.mjs', outputText)])).toMatch(answer as RegExp);
});

describeWithPython('its Python', () => {
  it('sends and reads an event', async () => {
    const [{ code, answer }] = inLanguage('python') as [Example];
    const python = pythonWith(path.resolve('test/clients/python/requirements.txt'));
    expect(await run(python, [file('example.py', here(code))])).toMatch(answer as RegExp);
  });
});
