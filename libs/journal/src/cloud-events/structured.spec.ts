import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#libs/contracts';
import type { JournalRow } from '../row.js';
import { structuredText } from './structured.js';

const row: JournalRow = {
  position: 7,
  stream: 'pledge/example',
  version: 2,
  source: 'urn:example',
  id: 'x-1',
  fingerprint: 'aa',
  type: 'litopys.pledge.restated.v1',
  dataschema: 'urn:litopys:schema:pledge.restated:v1',
  time: null,
  knownSince: '2025-08-24',
  knownBasis: 'source',
  actor: 'key:test',
  correlationId: null,
  causationId: 'x-0',
  recordedAt: '2026-01-01T00:00:00.000Z',
  data: '{"title":"Київ","z":1}',
  dataHash: 'bb',
  chainHash: 'cc',
};

describe('a recorded event as a CloudEvent', () => {
  const text = structuredText(row, 'b7c1d5ae-0000-4000-8000-000000000000');

  it('carries its data byte for byte and is in RFC 8785 form', () => {
    expect(text).toContain(`"data":${row.data},`);
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });

  it('carries the journal’s extensions, and no attribute that has no value', () => {
    const event = JSON.parse(text) as Record<string, unknown>;
    expect(event).toMatchObject({
      specversion: '1.0',
      subject: row.stream,
      sequence: '2',
      position: '7',
      causationid: 'x-0',
    });
    expect(Object.keys(event).filter((name) => !/^[a-z0-9]+$/.test(name))).toEqual([]);
    expect(event).not.toHaveProperty('time');
    expect(event).not.toHaveProperty('correlationid');
    expect(JSON.parse(structuredText(row, null))).not.toHaveProperty('journal');
  });

  it('has attributes of the types that CloudEvents knows, beyond 2^31 events too', () => {
    const { data: _data, ...attributes } = JSON.parse(
      structuredText({ ...row, position: Number.MAX_SAFE_INTEGER }, null),
    ) as Record<string, unknown>;
    expect(attributes['position']).toBe('9007199254740991');
    expect(Object.values(attributes).filter((value) => typeof value !== 'string')).toEqual([]);
  });
});
