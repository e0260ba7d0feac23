import type { Day } from '#libs/contracts';

/** Days of which histories are made: few, so that events and records meet on the same ones. */
export const KNOWN_DAYS: Day[] = ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-05', '2025-01-08', '2025-01-13'];
export const FAR: Day = '9999-12-31';

/** Days at which a history is looked at: each, the one before the first, and all that is known. */
export const LOOKS: Day[] = ['2024-12-31', ...KNOWN_DAYS, '2025-02-01', FAR];

/** The source of everything that random histories tell. */
export const source = { publisher: 'A paper', title: 'A report', language: 'en', standing: 'press' };
