import type { AppendCourse } from './course.js';
import { appends, produces } from './ours.js';
import { rawInserts, rawUnnest } from './raw.js';

/** Runs one contender in a process of its own, and prints its events a second. */
const CONTENDERS: Readonly<Record<string, (course: AppendCourse) => Promise<number>>> = {
  'raw inserts': rawInserts,
  'raw unnest': rawUnnest,
  append: appends,
  produce: produces,
};

const [name = '', course = '{}'] = process.argv.slice(2);
const contender = CONTENDERS[name];
if (!contender) throw new Error(`no contender ${name}; there are ${Object.keys(CONTENDERS).join(', ')}`);
console.log(await contender(JSON.parse(course) as AppendCourse));
process.exit(0);
