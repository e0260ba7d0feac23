export type { Command, Decision } from './command.js';
export { decide } from './decide.js';
export { evolve, versionOf, type History } from './history.js';
export { deriveKnownSince, type Known, type KnownBasis, type KnownFrom } from './known-since.js';
export { RULES, type Refusal, type Rule } from './refusal.js';
