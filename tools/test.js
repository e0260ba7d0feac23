import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

/**
 * `npm test`: jest over real servers, then the time of each suite. `npm run test:faults`: the same with the long runs of
 * every law and fault. Further words go to jest.
 */
const args = process.argv.slice(2);
const faults = args.includes('--faults');
const report = 'node_modules/.cache/litopys/jest.json';
mkdirSync('node_modules/.cache/litopys', { recursive: true });
// The counts of an earlier run must never be told as this one's.
rmSync(report, { force: true });

/** The last line of every run, which CI reads, even where no test could start. */
function endWith(passed, failed, skipped, status) {
  console.log(`\ntests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(status);
}

// End-to-end tests run what is built.
const built = spawnSync(process.execPath, ['tools/build.js'], { stdio: 'inherit' });
if (built.status !== 0) {
  console.error('The build failed, so no test was run.');
  endWith(0, 1, 0, built.status || 1);
}

// A test that timed out may leave processes, and their pipes would keep jest, and CI, for ever: it ends when it is done.
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/jest/bin/jest.js',
    '--forceExit',
    '--json',
    `--outputFile=${report}`,
    ...args.filter((arg) => arg !== '--faults'),
  ],
  {
    stdio: ['inherit', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --no-warnings=ExperimentalWarning',
      ...(faults && { FAULTS: '1', LAW_RUNS: process.env.LAW_RUNS ?? '2000' }),
    },
  },
);

if (!existsSync(report)) {
  console.error('Jest ended before it had a result; what it said stands above.');
  endWith(0, 1, 0, status || 1);
}

const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
  JSON.parse(readFileSync(report, 'utf8'));
console.log('\nseconds  suite');
for (const suite of testResults.toSorted((a, b) => b.endTime - b.startTime - (a.endTime - a.startTime)))
  console.log(
    `${((suite.endTime - suite.startTime) / 1000).toFixed(1).padStart(7)}  ${suite.name.slice(process.cwd().length + 1)}`,
  );
const failed = numFailedTests + numRuntimeErrorTestSuites;
endWith(numPassedTests, failed, numPendingTests + numTodoTests, status ?? 1);
