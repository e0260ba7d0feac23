import { isUtf8 } from 'node:buffer';
import { ForeignEventError, readRow, type TravelledRow } from '../cloud-events/read-row.js';
import { structuredText } from '../cloud-events/structured.js';

/** What stands around the data in a line: no attribute before or behind it can hold these, since a quote in a text is escaped. */
const BEFORE = '"data":';
const BEHIND = ',"datacontenttype":';

const attributeCalled = (name: string): string => `attribute ${name}`;

function parseAttributes(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new ForeignEventError('it is no JSON object');
}

/**
 * The row in a line of an export. The line is taken as exact as an export writes it: order, spaces and attributes, so
 * that nothing in it escapes the hashes; the data is not parsed.
 * @throws ForeignEventError
 */
export function readExported(line: Buffer): TravelledRow {
  if (!isUtf8(line)) throw new ForeignEventError('it is not UTF-8');
  const text = line.toString();
  const [begin, end] = [text.indexOf(BEFORE), text.lastIndexOf(BEHIND)];
  if (begin < 0 || end < begin) throw new ForeignEventError('it is no event as an export writes it');
  const attributes = parseAttributes(`${text.slice(0, begin)}${BEFORE}null${text.slice(end)}`);
  const attribute = (name: string): string | null => {
    const value = attributes[name];
    return typeof value === 'string' ? value : null;
  };
  const read = readRow(attribute, () => text.slice(begin + BEFORE.length, end), attributeCalled);
  if (structuredText(read.row, read.journalId) !== text)
    throw new ForeignEventError('it has other attributes, another order or spaces than an export writes');
  return read;
}
