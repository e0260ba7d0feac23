export * from './config.js';
export * from './database.js';
export * from './errors.js';
export * from './health.js';
export * from './local-process.js';
export * from './logging.js';
export * from './postgres/embedded.js';
export * from './problem.filter.js';
