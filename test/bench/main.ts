import { benchAppend } from './append/bench.js';
import { benchImport } from './import.js';
import { benchKafka } from './kafka.js';
import { benchMillion } from './million.js';
import { benchStart } from './start.js';

/** `npm run bench [append|import|kafka|start|million] [events]`; kafka and start where nothing is said. */
const [what, count] = process.argv.slice(2);
const events = count === undefined ? undefined : Number(count);

switch (what) {
  case undefined:
    await benchKafka(100_000);
    await benchStart();
    break;
  case 'append':
    await benchAppend();
    break;
  case 'import':
    await benchImport(events ?? 1_000_000);
    break;
  case 'kafka':
    await benchKafka(events ?? 100_000);
    break;
  case 'start':
    await benchStart();
    break;
  case 'million':
    await benchMillion(events ?? 1_000_000);
    break;
  default:
    console.error('npm run bench [append|import|kafka|start|million] [events]');
    process.exitCode = 2;
}
