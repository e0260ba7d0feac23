import type { JournalRow } from '../row.js';
import { ATTRIBUTE_OF } from './attributes.js';

/** Some attributes that make no recorded event of ours, and by what they show it. */
export class ForeignEventError extends Error {}

/** A row as it travelled, and the id of the journal whose row it is. */
export interface TravelledRow {
  readonly row: JournalRow;
  readonly journalId: string;
}

/**
 * The row that a CloudEvent's attributes and data make. Whatever passes can be stored: a value that Postgres would
 * refuse is foreign. Hashes are only looked at for their form here.
 * @param attribute gives an attribute's text, null where there is none
 * @param data gives the data's text
 * @param called what an attribute is called where it was found: `header ce_position`
 * @throws ForeignEventError
 */
export function readRow(
  attribute: (name: string) => string | null,
  data: () => string,
  called: (attribute: string) => string,
): TravelledRow {
  const required = (name: string, form: (value: string) => boolean): string => {
    const value = attribute(name);
    if (value === null) throw new ForeignEventError(`it has no ${called(name)}`);
    if (!form(value))
      throw new ForeignEventError(`its ${called(name)} is malformed: ${JSON.stringify(value.slice(0, 80))}`);
    return value;
  };
  const optional = (name: string, form: (value: string) => boolean): string | null =>
    attribute(name) === null ? null : required(name, form);

  required('specversion', (value) => value === '1.0');
  const row: JournalRow = {
    position: Number(required(ATTRIBUTE_OF.position, isPosition)),
    stream: required(ATTRIBUTE_OF.stream, isStream),
    version: Number(required(ATTRIBUTE_OF.version, isVersion)),
    source: required(ATTRIBUTE_OF.source, isText),
    id: required(ATTRIBUTE_OF.id, isText),
    fingerprint: required(ATTRIBUTE_OF.fingerprint, isHash),
    type: required(ATTRIBUTE_OF.type, (value) => value.startsWith('litopys.') && isText(value)),
    dataschema: required(ATTRIBUTE_OF.dataschema, isText),
    time: optional(ATTRIBUTE_OF.time, isInstant),
    knownSince: required(ATTRIBUTE_OF.knownSince, isDay),
    knownBasis: required(ATTRIBUTE_OF.knownBasis, isText),
    actor: required(ATTRIBUTE_OF.actor, isText),
    correlationId: optional(ATTRIBUTE_OF.correlationId, isText),
    causationId: optional(ATTRIBUTE_OF.causationId, isText),
    recordedAt: required(ATTRIBUTE_OF.recordedAt, isInstant),
    data: data(),
    dataHash: required(ATTRIBUTE_OF.dataHash, isHash),
    chainHash: required(ATTRIBUTE_OF.chainHash, isHash),
  };
  return { row, journalId: required('journal', isUuid) };
}

/** Postgres's text has no U+0000. */
const isText = (value: string): boolean => !value.includes('\0');
/** Indexed, so bounded: an index row of Postgres holds 2,704 bytes. */
const isStream = (value: string): boolean => value.length > 0 && value.length <= 400 && isText(value);
const isHash = (value: string): boolean => /^[0-9a-f]{64}$/.test(value);
const isUuid = (value: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const isPosition = (value: string): boolean => /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value));
const isVersion = (value: string): boolean => /^[1-9]\d{0,9}$/.test(value) && Number(value) <= 2_147_483_647;

/** Years 1 to 9999, ISO UTC with milliseconds, in the calendar. */
function isInstant(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) || value.startsWith('0000')) return false;
  const milliseconds = Date.parse(value);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === value;
}

const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value) && isInstant(`${value}T00:00:00.000Z`);
