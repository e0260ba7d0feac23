import vm from 'node:vm';

const SECONDS = 20;

/**
 * Does work that must not hang, whatever it is given: what has not ended after 20 s, a regular expression too, is broken
 * off. @throws Error where that was so
 */
export const withoutHanging = <T>(work: () => T): T =>
  vm.runInNewContext('work()', { work }, { timeout: SECONDS * 1000 }) as T;
