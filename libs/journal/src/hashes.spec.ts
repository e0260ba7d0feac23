import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#libs/contracts';
import { chainHashOf, dataHashOf, fingerprintOf, firstPrevious } from './hashes.js';

/** Known answers come from Python's hashlib and struct, by the words of the contract. */
const JOURNAL = '0b0e7f5c-6a51-4d4f-9a63-3f7c1d2e4a5b';
const FIRST_PREVIOUS = 'cfabecb5e5be5779d8a7b08cb1c30f6ce9d6e4d0ef0e261674e7382f71655116';
const FIRST = '08ecba25663ae58d7082fe58e4ac0f43daa474170bab9ade64abd9ee70ad279f';
const SECOND = '448f41aedebf3777938e24a89df1716f583fc352f00fb5a07e96570fa6993014';

const row = {
  position: 1,
  stream: 'pledge/винниця',
  version: 1,
  source: 'urn:test',
  id: 'id-1',
  fingerprint: 'ab'.repeat(32),
  type: 'litopys.pledge.announced.v1',
  dataschema: 'urn:litopys:schema:pledge.announced:v1',
  time: null,
  knownSince: '2025-08-24',
  knownBasis: 'source',
  actor: 'key:anna',
  correlationId: null,
  causationId: '',
  recordedAt: '2025-08-25T09:00:00.007Z',
  dataHash: '27f6bd64615c016ea3f2c11233df71f4bfca05ef7b8173013442eab3bc13995c',
};

describe('the chain', () => {
  it('begins at the journal id, in lower case', () => {
    expect(firstPrevious(null, JOURNAL.toUpperCase())).toBe(FIRST_PREVIOUS);
  });

  it('hashes each column behind its length, in table order', () => {
    expect(chainHashOf(FIRST_PREVIOUS, row)).toBe(FIRST);
    expect(chainHashOf(FIRST, { ...row, position: 2, time: '2025-08-24T10:30:00.000Z' })).toBe(SECOND);
  });

  it('goes on under another journal id behind the hash before it', () => {
    expect(firstPrevious(SECOND, JOURNAL)).toBe('b6f16c458b5b5f7e871615eb0d70acfa8970bae93b351598b089666a8b2ebde9');
  });

  it('tells nothing from the empty text, and columns from their neighbours', () => {
    expect(chainHashOf(FIRST, { ...row, causationId: null })).not.toBe(chainHashOf(FIRST, row));
    expect(chainHashOf(FIRST, { ...row, source: 'urn:testi', id: 'd-1' })).not.toBe(chainHashOf(FIRST, row));
  });

  it('covers every column', () => {
    const changes = { ...row, position: 2, stream: 's', version: 2, source: 's', id: 'x', fingerprint: '00' };
    const others = { type: 't', dataschema: 'd', time: 't', knownSince: 'k', knownBasis: 'k', actor: 'a' };
    const last = { correlationId: 'c', causationId: 'c', recordedAt: 'r', dataHash: '00' };
    for (const [column, value] of Object.entries({ ...changes, ...others, ...last }))
      expect([column, chainHashOf(FIRST, { ...row, [column]: value })]).not.toEqual([column, chainHashOf(FIRST, row)]);
  });
});

describe('dataHashOf', () => {
  it('hashes the UTF-8 bytes', () => expect(dataHashOf('{"title":"Подія"}')).toBe(row.dataHash));
});

describe('fingerprintOf', () => {
  const data = { b: [1, 2], a: 'ї' };
  const meaning = { type: 't', subject: 'pledge/x', dataschema: 'urn:x', dataText: canonicalJson(data) };

  it.each([
    [null, 'e38a6c03650677d78c06670a0ed56d9d1c1b3bc59d8d0ae5e5b1fcdf0c870093'],
    ['2025-08-24T10:00:00Z', undefined],
  ])('is of the canonical form of all of it, with the time %s', (time, known) => {
    const { type, subject, dataschema } = meaning;
    const hash = fingerprintOf({ ...meaning, time });
    expect(hash).toBe(dataHashOf(canonicalJson({ type, subject, time, dataschema, data })));
    if (known) expect(hash).toBe(known);
  });
});
