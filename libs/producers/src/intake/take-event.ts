import type { LoggerService } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { feedHead, isConnectionFailure } from '#libs/journal';
import { LitopysError, toProblem, type Problem } from '#libs/platform';
import { appendInTurn } from '../append/append-in-turn.js';
import type { Asked } from '../append/decide-next.js';

/** How often an event is tried that fails for no reason that we know, and the wait before each other try. */
const TRIES = 5;
const WAIT_MS = 100;

/** SQLSTATE classes that blame a statement's values: data, constraints, program limits, what our own functions raise. */
const BLAMES_THE_EVENT = /^(22|23|54|P0)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Takes one event as HTTP does; answers why it is refused, if it is. An event that we fail on, by a mistake of ours, is
 * refused as well: it would come again for ever, and hold up all that is behind it.
 * @throws what is no event's fault and passes, or is for somebody to mend: the journal is away, not migrated, not ours
 */
export async function takeEvent(pool: Pool, asked: Asked, logger: LoggerService): Promise<Problem | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      await appendInTurn(pool, asked);
      return undefined;
    } catch (error) {
      if (error instanceof LitopysError && !error.retriable) return toProblem(error);
      if (isOfTheJournal(error)) throw error;
      if (tries < TRIES) await wait(WAIT_MS * tries);
      else {
        // Where the journal does not answer at all it was not the event's fault, whatever was said.
        await feedHead(pool, 'journal');
        logger.error(error);
        return toProblem(error);
      }
    }
  }
}

/** Whether an error is no event's fault, but the journal's: it is away, or somebody has to mend it. */
export function isOfTheJournal(error: unknown): boolean {
  if (error instanceof LitopysError) return error.retriable;
  if (isConnectionFailure(error)) return true;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && SQLSTATE.test(code) && !BLAMES_THE_EVENT.test(code);
}
