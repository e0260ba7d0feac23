import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JournalRow } from '#libs/journal';
import { type ArrivedMessage, type EventMessage, fromMessage, toMessage } from './message.js';

const JOURNAL = '0b9c4f8e-3d0a-4c6e-9f59-0d4a3c1f7a10';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const words = fc
  .string({ unit: 'binary', maxLength: 40 })
  .filter((text) => !text.includes('\0') && text.isWellFormed());
const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const slug = fc.stringMatching(/^[a-z0-9-]{3,80}$/);

const rows: fc.Arbitrary<JournalRow> = fc.record({
  position: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  stream: slug.map((text) => `pledge/${text}`),
  version: fc.integer({ min: 1, max: 2_147_483_647 }),
  source: words,
  id: words,
  fingerprint: hash,
  type: slug.map((text) => `litopys.${text}.v1`),
  dataschema: words,
  time: fc.option(instant),
  knownSince: instant.map((text) => text.slice(0, 10)),
  knownBasis: fc.constantFrom('source', 'stated', 'presumed', 'recorded'),
  actor: words,
  correlationId: fc.option(words),
  causationId: fc.option(words),
  recordedAt: instant,
  data: words,
  dataHash: hash,
  chainHash: hash,
});

const overTheWire = ({ key, value, headers }: EventMessage): ArrivedMessage => ({
  key: Buffer.from(key),
  value: Buffer.from(value),
  headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
});

const sample: JournalRow = {
  position: 7,
  stream: 'pledge/2025-g7-military-package',
  version: 2,
  source: 'urn:litopys:history',
  id: '2025-08-24/itemized',
  fingerprint: 'a1'.repeat(32),
  type: 'litopys.pledge.itemized.v1',
  dataschema: 'urn:litopys:schema:pledge.itemized:v1',
  time: null,
  knownSince: '2025-08-24',
  knownBasis: 'source',
  actor: 'history',
  correlationId: null,
  causationId: null,
  recordedAt: '2025-11-20T10:00:00.000Z',
  data: '{"title":"Допомога"}',
  dataHash: 'b2'.repeat(32),
  chainHash: 'c3'.repeat(32),
};

describe('a row over the topic', () => {
  it('comes back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(rows, (row) => {
        expect(fromMessage(overTheWire(toMessage(row, JOURNAL)))).toEqual({ kind: 'event', row, journalId: JOURNAL });
      }),
    );
  });

  it('is a CloudEvent in binary mode, keyed by its stream', () => {
    expect(toMessage({ ...sample, correlationId: 'c-1' }, JOURNAL)).toEqual({
      key: 'pledge/2025-g7-military-package',
      value: '{"title":"Допомога"}',
      headers: {
        ce_specversion: '1.0',
        'content-type': 'application/json',
        ce_id: '2025-08-24/itemized',
        ce_source: 'urn:litopys:history',
        ce_type: 'litopys.pledge.itemized.v1',
        ce_subject: 'pledge/2025-g7-military-package',
        ce_dataschema: 'urn:litopys:schema:pledge.itemized:v1',
        ce_partitionkey: 'pledge/2025-g7-military-package',
        ce_recordedtime: '2025-11-20T10:00:00.000Z',
        ce_sequence: '2',
        ce_position: '7',
        ce_chainhash: 'c3'.repeat(32),
        ce_datahash: 'b2'.repeat(32),
        ce_fingerprint: 'a1'.repeat(32),
        ce_journal: JOURNAL,
        ce_knownsince: '2025-08-24',
        ce_knownbasis: 'source',
        ce_actor: 'history',
        ce_correlationid: 'c-1',
      },
    });
  });
});

describe('a record that is no event of ours', () => {
  const arrived = overTheWire(toMessage(sample, JOURNAL));
  const withHeader = (name: string, value: string | Buffer | string[] | undefined): ArrivedMessage => ({
    ...arrived,
    headers: { ...arrived.headers, [name]: value },
  });

  it.each<[string, ArrivedMessage, RegExp]>([
    ['nothing at all', { key: null, value: null, headers: {} }, /no header ce_specversion/],
    ['no headers', { ...arrived, headers: undefined }, /no header ce_specversion/],
    ['a tombstone', { ...arrived, value: null }, /no value/],
    ['somebody else’s type', withHeader('ce_type', 'com.example.thing'), /ce_type is malformed/],
    ['another key', { ...arrived, key: Buffer.from('pledge/another') }, /key is not its subject/],
    ['no key', { ...arrived, key: null }, /key is not its subject/],
    ['a header twice', withHeader('ce_position', ['7', '8']), /ce_position is given twice/],
    ['position 0', withHeader('ce_position', '0'), /ce_position is malformed/],
    ['a position beyond 2^53', withHeader('ce_position', '9007199254740993'), /ce_position is malformed/],
    ['a version beyond an integer', withHeader('ce_sequence', '2147483648'), /ce_sequence is malformed/],
    ['a day that is not', withHeader('ce_knownsince', '2025-02-30'), /ce_knownsince is malformed/],
    ['the year 0', withHeader('ce_knownsince', '0000-01-01'), /ce_knownsince is malformed/],
    ['an instant that is not', withHeader('ce_recordedtime', '2025-02-30T00:00:00.000Z'), /ce_recordedtime is malf/],
    ['a time without milliseconds', withHeader('ce_time', '2025-02-03T00:00:00Z'), /ce_time is malformed/],
    ['a short hash', withHeader('ce_chainhash', 'c3'), /ce_chainhash is malformed/],
    ['no journal', withHeader('ce_journal', undefined), /no header ce_journal/],
    ['U+0000 in a header', withHeader('ce_actor', 'a\0b'), /ce_actor is malformed/],
    ['bytes that are no text in a header', withHeader('ce_actor', Buffer.from([0xff])), /ce_actor is not UTF-8/],
    ['bytes that are no text', { ...arrived, value: Buffer.from([0xff]) }, /value is not UTF-8/],
    ['U+0000', { ...arrived, value: Buffer.from('{"a":"\0"}') }, /U\+0000/],
  ])('is told apart: %s', (_what, message, reason) => {
    expect(fromMessage(message)).toEqual({ kind: 'foreign', reason: expect.stringMatching(reason) });
  });
});
