import type { Pool } from 'pg';
import { feedHead } from '#libs/journal';
import type { HealthCheck } from '#libs/platform';

/** SQLSTATEs of a schema or table that is not there, or is not ours to read. */
const NOT_MIGRATED = new Set(['3F000', '42P01', '42501', '22023']);

/** Whether events can be appended: the journal answers, and is migrated. */
export const journalCheck = (pool: Pool): HealthCheck => ({
  name: 'journal',
  look: async () => {
    try {
      await feedHead(pool, 'journal');
      return [];
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== undefined && NOT_MIGRATED.has(code))
        return [{ code: 'not-migrated', detail: 'The database has no journal yet.', mend: 'Run `litopys migrate`.' }];
      return [
        {
          code: 'journal-unreachable',
          detail: 'The journal cannot be reached.',
          mend: 'Start its PostgreSQL, or mend JOURNAL_URL.',
        },
      ];
    }
  },
});
