import { userInfo } from 'node:os';

/** The account that this process runs under; in a container it may have a number and no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

/**
 * Who appends by the command line, as the journal keeps it: whoever can reach the database needs no key. The machine is
 * not named: what an event carries is public.
 */
export const cliActor = (): string => `urn:litopys:cli:${encodeURIComponent(accountName())}`;
