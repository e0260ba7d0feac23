export { findDatabases, type Databases } from './databases.js';
export { feedOf } from './feed.js';
export { HISTORY_ACTOR, loadHistory, readHistory } from './history.js';
export { migrate } from './migrate.js';
export { openDatabases } from './open-databases.js';
export { runUntilStopped, type Run } from './run-until-stopped.js';
export { Running } from './running.js';
