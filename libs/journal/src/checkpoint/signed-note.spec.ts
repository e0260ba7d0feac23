import { describe, expect, it } from '@jest/globals';
import { generateSignerKey, readSignerKey, readVerifierKey } from './note-keys.js';
import { openNote, signNote } from './signed-note.js';

/** Source: the examples of C2SP's signed-note.md. */
const SPEC_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const SPEC_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

/** Source: golang.org/x/mod/sumdb/note, note_test.go: TestNewVerifier, TestNewSigner, TestSign, TestOpen. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETER_SECRET = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const BY_PETER =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const BY_ENOCH =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const open = (note: string | Buffer, key: string): string => openNote(Buffer.from(note), readVerifierKey(key));

/** Every part of a key but the whole, and the key with each character moved on by one. */
function* mangled(key: string): Generator<string> {
  for (let from = 0; from < key.length; from++)
    for (let to = from + 1; to <= key.length; to++) if (to - from < key.length) yield key.slice(from, to);
  for (let at = 0; at < key.length; at++)
    yield key.slice(0, at) + String.fromCharCode(key.charCodeAt(at) + 1) + key.slice(at + 1);
}

describe('a signed note', () => {
  it('of the specification is opened by its key', () => {
    expect(open(SPEC_NOTE, SPEC_KEY)).toBe('This is an example message.\n');
  });

  it('is signed byte for byte as Go’s own implementation signs it', () => {
    expect(signNote(TEXT, readSignerKey(PETER_SECRET))).toBe(`${TEXT}\n${BY_PETER}`);
    expect(readSignerKey(PETER_SECRET).verifier.text).toBe(PETER);
  });

  it('is opened by either of two keys that signed it, whatever else stands below', () => {
    const note = `${TEXT}\n${BY_PETER}${BY_ENOCH}`;
    for (const key of [PETER, ENOCH]) expect(open(note, key)).toBe(TEXT);
  });

  it('may have empty lines in its text: the last one parts it from the signatures', () => {
    const { key } = generateSignerKey('a.example');
    expect(openNote(Buffer.from(signNote('one\n\ntwo\n', key)), key.verifier)).toBe('one\n\ntwo\n');
  });

  it('of another key is told by both keys’ names', () => {
    expect(() => open(`${TEXT}\n${BY_ENOCH}`, PETER)).toThrow(
      expect.objectContaining({
        code: 'note-of-another-key',
        message: expect.stringMatching(/PeterNeumann\+c74f20a3.*EnochRoot\+af0cfe78/),
      }),
    );
    const misnamed = BY_PETER.replace('PeterNeumann', 'CarmenSandiego');
    expect(() => open(`${TEXT}\n${misnamed}`, PETER)).toThrow(expect.objectContaining({ code: 'note-of-another-key' }));
  });

  it.each([
    ['its text', `${TEXT.replace('answer', 'Answer')}\n${BY_PETER}`],
    ['its signature', `${TEXT}\n${BY_PETER.replace('ZJku', 'ZJkv')}`],
    ['the length of its signature', `${TEXT}\n${BY_PETER.slice(0, 60)}ABCD${BY_PETER.slice(60)}`],
    ['one of two signatures of its key', `${TEXT}\n${BY_PETER}${BY_PETER.replace('ZJku', 'ZJkv')}`],
  ])('is not believed where %s was changed', (_what, note) => {
    expect(() => open(note, PETER)).toThrow(expect.objectContaining({ code: 'bad-signature' }));
  });

  it.each([
    ['no signatures', TEXT],
    ['a blank line and no signatures', `${TEXT}\n`],
    ['no newline at its end', `${TEXT}\n${BY_PETER.slice(0, -1)}`],
    ['a control character', `\x01${TEXT}\n${BY_PETER}`],
    ['bytes that are no text', Buffer.concat([Buffer.of(0xff), Buffer.from(`${TEXT}\n${BY_PETER}`)])],
    ['a space in a name', `${TEXT}\n${BY_PETER.replace('PeterNeumann', 'Bad Name')}`],
    ['a line that is no signature', `${TEXT}\n${BY_PETER}Unexpected line.\n`],
    ['more signatures than anybody makes', `${TEXT}\n${BY_PETER.repeat(101)}`],
    ['nothing at all', ''],
  ])('is malformed with %s', (_what, note) => {
    expect(() => open(note, PETER)).toThrow(expect.objectContaining({ code: 'malformed-note' }));
  });
});

describe('a key', () => {
  it('is taken whole and unchanged, or not at all', () => {
    for (const key of mangled(PETER)) expect([key, () => readVerifierKey(key)]).toEqual([key, refusing]);
    for (const key of mangled(PETER_SECRET)) expect([key, () => readSignerKey(key)]).toEqual([key, refusing]);
  });

  it.each([
    ['of another length', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
    ['of an unknown type', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ])('%s is refused', (_what, key) => {
    expect(() => readVerifierKey(key)).toThrow(expect.objectContaining({ code: 'malformed-key' }));
  });

  it('that was made anew signs what its verifier key opens, and comes back from its text', () => {
    const { key, secret } = generateSignerKey('chronicle.example.org/main');
    const note = Buffer.from(signNote(TEXT, readSignerKey(secret)));
    expect(openNote(note, readVerifierKey(key.verifier.text))).toBe(TEXT);
    expect(() => open(note, PETER)).toThrow(expect.objectContaining({ code: 'note-of-another-key' }));
  });

  it.each(['', 'two words', 'a+b', 'a\nb', 'a\u2003b'])('has no name like %j', (name) => {
    expect(() => generateSignerKey(name)).toThrow(expect.objectContaining({ field: 'name' }));
  });

  it('that is refused is not told', () => {
    const secret = PETER_SECRET.replace('AYEK', 'AYEL');
    expect(() => readSignerKey(secret)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('AYEL') }),
    );
  });
});

/** Equal to any function that throws what says that a key is malformed. */
const refusing = {
  asymmetricMatch: (read: () => unknown): boolean => {
    try {
      read();
      return false;
    } catch (error) {
      return (error as { code?: string }).code === 'malformed-key';
    }
  },
};
