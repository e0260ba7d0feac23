import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLASSES } from './bad-input/classes/index.js';
import { closeConnections } from './bad-input/http-client.js';
import { JournalWatch } from './bad-input/journal-watch.js';
import { Judge } from './bad-input/judge.js';
import { ServerProcess } from './bad-input/server-process.js';
import { Tally } from './bad-input/tally.js';
import { freshJournal, type TestJournal } from './support/journal.js';

/**
 * Whatever is sent, by whichever way: the server never fails, never hangs and never writes a part; the journal holds what
 * was answered and nothing else; what is valid is taken, and once; every refusal names field, rule and mend.
 *
 * One input again: SEED and FUZZ_PATH as printed, and the class by `-t`.
 */
const long = process.env['FAULTS'] === '1';
const seed = Number(process.env['SEED'] ?? (long ? Date.now() % 1_000_000 : 20250824));
const path = process.env['FUZZ_PATH'];
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? (long ? 100_000 : 400));

const weightOf = ({ weight = 1 }: { readonly weight?: number }): number => weight;
const share = INPUTS / CLASSES.map(weightOf).reduce((sum, weight) => sum + weight, 0);
const tally = new Tally();

let journal: TestJournal;
let server: ServerProcess;
let watch: JournalWatch;
let judge: Judge;

beforeAll(async () => {
  journal = await freshJournal();
  server = await ServerProcess.start(journal.url);
  watch = new JournalWatch(journal.owner);
  judge = new Judge(server, watch);
}, 120_000);

afterAll(async () => {
  closeConnections();
  await server?.stop();
  await journal?.close();
  process.stdout.write(`bad input: seed ${seed}\n${tally.table()}\n`);
}, 60_000);

it.each(CLASSES)(
  'answers as promised: $name',
  async ({ name, inputs, weight }) => {
    const judged = fc.asyncProperty(inputs, async (input) => tally.count(name, await judge.judge(input)));
    const numRuns = Math.ceil(share * weightOf({ weight }));
    await fc.assert(judged, { seed, numRuns, ...(path !== undefined && { path, endOnFailure: true }) });
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  },
  long ? 3_600_000 : 120_000,
);

it('and the journal is whole in the end', async () => {
  expect(await watch.mustBeWhole()).toBeGreaterThan(0);
});
