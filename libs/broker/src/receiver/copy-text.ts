import type { JournalRow } from '#libs/journal';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const SPECIAL = /[\\\t\n\r]/;

const escape = (value: string): string =>
  SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : value;
const nullable = (value: string | null): string => (value === null ? '\\N' : escape(value));
const bytes = (hex: string): string => `\\\\x${hex}`;

/**
 * One row as a line of COPY's text format, columns in table order.
 * Source: PostgreSQL documentation, COPY, section Text Format.
 */
export function copyText(row: JournalRow): string {
  return `${[
    row.position,
    escape(row.stream),
    row.version,
    escape(row.source),
    escape(row.id),
    bytes(row.fingerprint),
    escape(row.type),
    escape(row.dataschema),
    nullable(row.time),
    row.knownSince,
    escape(row.knownBasis),
    escape(row.actor),
    nullable(row.correlationId),
    nullable(row.causationId),
    row.recordedAt,
    escape(row.data),
    bytes(row.dataHash),
    bytes(row.chainHash),
  ].join('\t')}\n`;
}
