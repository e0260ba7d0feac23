import { runUntilStopped } from '#libs/setup';
import { startStandalone } from './start.js';

await runUntilStopped(startStandalone);
