import { toHeaderValue } from '#libs/contracts';
import type { JournalRow } from '../row.js';
import { attributesOf } from './attributes.js';

/**
 * The attributes of a recorded event as headers of HTTP: its binary mode, beside the data as the body, byte for byte, of
 * the content type application/json.
 * Source: CloudEvents HTTP protocol binding 1.0.2, section 3.1.3.
 *
 * @param journalId id of the journal that the row is of; null leaves `journal` out
 */
export const httpHeadersOf = (row: JournalRow, journalId: string | null): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributesOf(row, journalId)).map(([name, value]) => [`ce-${name}`, toHeaderValue(value)]),
  );
