import type { Contender, Course } from './contender.js';
import { handWritten } from './hand-written.js';
import { intoViews } from './into-views.js';

/** Runs one contender in a process of its own, and prints its milliseconds. */
const CONTENDERS: Readonly<Record<string, Contender>> = {
  'floor 1': handWritten(1),
  'floor 4': handWritten(4),
  'views 1': intoViews(1),
  'views 2': intoViews(2),
};

const [name = '', course = '{}'] = process.argv.slice(2);
const contender = CONTENDERS[name];
if (!contender) throw new Error(`no contender ${name}; there are ${Object.keys(CONTENDERS).join(', ')}`);
console.log(await contender(JSON.parse(course) as Course));
process.exit(0);
