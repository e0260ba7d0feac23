import { canonicalJson } from '#libs/contracts';
import type { JournalRow } from '../row.js';
import { attributesOf, DATA_CONTENT_TYPE } from './attributes.js';

/**
 * A recorded event as a structured-mode CloudEvent, in RFC 8785 form; its data stands in it byte for byte, so that
 * `datahash` holds over it.
 * Source: CloudEvents JSON format 1.0.2, section 3.
 *
 * @param journalId id of the journal that the row is of; null leaves `journal` out
 */
export function structuredText(row: JournalRow, journalId: string | null): string {
  const attributes = Object.entries({ ...attributesOf(row, journalId), datacontenttype: DATA_CONTENT_TYPE });
  const before = canonicalJson(Object.fromEntries(attributes.filter(([name]) => name < 'data')));
  const behind = canonicalJson(Object.fromEntries(attributes.filter(([name]) => name > 'data')));
  return `${before.slice(0, -1)},"data":${row.data},${behind.slice(1)}`;
}
