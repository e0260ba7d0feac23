export { configuredDatabases, findDatabases, type Databases } from './databases.js';
export { feedOf } from './feed.js';
export { loadHistory, readHistory } from './history.js';
export { migrate } from './migrate.js';
export { Running } from './running.js';
export { holdSoleRun, type SoleRun } from './sole-run.js';
