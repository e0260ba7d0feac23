import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * What must hold before anything lands, cheapest first; all of them run, and each is named. A third word is the file
 * that a check is about: until it is written there is nothing to check, which is said.
 */
const CHECKS = [
  ['format', 'npx prettier --check --log-level warn .'],
  ['types', 'npx tsc -p .'],
  ['lint', 'npx eslint .'],
  ['dependency rules', 'npx depcruise --config .dependency-cruiser.cjs apps libs'],
  ['generated files', 'npm run --silent generate -- --check'],
  ['OpenAPI and AsyncAPI', 'node tools/build-and-run.js tools/check-contracts.js'],
  ['compose file', 'npx dclint --max-warnings 0 docker-compose.yml', 'docker-compose.yml'],
  ['Dockerfile', 'node tools/lint-dockerfile.js', 'Dockerfile'],
];

let failed = 0;
for (const [name, command, about] of CHECKS) {
  if (about && !existsSync(about)) {
    console.log(`absent ${name}: there is no ${about} yet`);
    continue;
  }
  const began = performance.now();
  const { status } = spawnSync(command, { stdio: 'inherit', shell: true });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
