import { describe, expect, it } from '@jest/globals';
import { withoutHanging } from '../../../test/support/without-hanging.js';
import { cloudEvent } from './envelope.js';

const rulesOf = (more: object): unknown =>
  cloudEvent
    .safeParse({ specversion: '1.0', id: '1', source: 'urn:x', type: 't', subject: 's', data: {}, ...more })
    .error?.issues.map((issue) => [
      issue.path.join('.'),
      issue.code === 'custom' ? (issue.params?.['rule'] as unknown) : issue.code,
    ]);

describe('a source', () => {
  it.each([
    'urn:litopys:local',
    'https://example.org/desk?a=b#c',
    '/desk/7',
    'desk',
    './a:b',
    'mailto:desk@example.org',
    'urn:%D0%9A',
    'http://[2001:db8::1]:80/',
  ])('%s is a URI reference', (source) => {
    expect(rulesOf({ source })).toBeUndefined();
  });

  it.each(['a desk', 'urn:Київ', 'urn:100%', '7a:b', 'a#b#c', 'a\\b', '<x>', 'a"b'])('%s is none', (source) => {
    expect(rulesOf({ source })).toEqual([['source', 'uri-reference']]);
  });
});

describe('an attribute', () => {
  it.each(['line\nbreak', '\u0085', 'a\ufdd0', '\u{1fffe}'])('%j is not text that may stand there', (id) => {
    expect(rulesOf({ id })).toEqual([['id', 'attribute-text']]);
  });

  it('holds every other text', () => {
    expect(rulesOf({ id: 'Київ 😀 "100%"', correlationid: ' ', traceparent: '00-0af7-b9c7-01' })).toBeUndefined();
  });
});

describe('datacontenttype', () => {
  it.each(['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"'])(
    '%s is taken',
    (datacontenttype) => {
      expect(rulesOf({ datacontenttype })).toBeUndefined();
    },
  );

  it.each(['application/xml', 'text/json', 'application/ld+json', 'application/json; charset=koi8-u', ''])(
    '%p is not',
    (datacontenttype) => {
      expect(rulesOf({ datacontenttype })).toEqual([['datacontenttype', 'datacontenttype']]);
    },
  );
});

describe('a text that is too long', () => {
  const LONG = 256 * 1024;

  it.each([
    ['datacontenttype', `application/json${' '.repeat(LONG)}x`],
    ['source', `urn:${'%41'.repeat(LONG)} `],
    ['id', `${'a'.repeat(LONG)}\n`],
    ['time', `2025-06-17T12:00:00.${'1'.repeat(LONG)}Z`],
    ['tracestate', 'a'.repeat(2001)],
  ])('of %s is refused for that alone, and read no further', (name, text) => {
    expect(withoutHanging(() => rulesOf({ [name]: text }))).toEqual([[name, 'too_big']]);
  });
});
