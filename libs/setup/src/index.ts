export { configuredDatabases, findDatabases, type Databases } from './databases.js';
export { migrate } from './migrate.js';
