import { expect, it } from '@jest/globals';
import { CommanderError, InvalidArgumentError } from 'commander';
import {
  ConfigError,
  ConflictError,
  IntegrityError,
  NotFoundError,
  TransientError,
  ValidationError,
} from '#libs/platform';
import { LoopStop } from '#libs/projection';
import { exitCodeOf, sentencesOf } from './exit-codes.js';

it.each([
  [new CommanderError(0, 'commander.helpDisplayed', ''), 0],
  [new NotFoundError('x'), 1],
  [new ConflictError('x'), 1],
  [new InvalidArgumentError('x'), 2],
  [new ValidationError('x'), 2],
  [new ConfigError(['x']), 2],
  [new LoopStop('feed-diverged', 'x', 'y'), 4],
  [new LoopStop('projection-failed', 'x', 'y'), 1],
  [new LoopStop('needs-upgrade', 'x', 'y'), 1],
  [new IntegrityError('x'), 4],
  [Object.assign(new Error('invalid page in block 0 of relation "base/5/16397"'), { code: 'XX001' }), 4],
  [new TransientError('x'), 3],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 3],
  [Object.assign(new Error('x'), { code: '3F000' }), 3],
  [Object.assign(new Error('x'), { name: 'KafkaJSNumberOfRetriesExceeded' }), 3],
  [Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 3],
  [new Error('The server does not support SSL connections'), 3],
])('%p ends with the code %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

it('hides no bug behind a code', () => {
  expect(() => exitCodeOf(new TypeError('x is undefined'))).toThrow('x is undefined');
});

it('tells a single mistake once, with its mend', () => {
  expect(
    sentencesOf(
      new ValidationError('limit: it is 0', { errors: [{ field: 'limit', detail: 'it is 0', mend: 'give 1' }] }),
    ),
  ).toBe('limit: it is 0\ngive 1');
  const errors = [
    { field: 'a', detail: 'no.', mend: 'do.' },
    { field: 'b', detail: 'none.' },
  ];
  expect(sentencesOf(new ValidationError('2 parameters are not right', { errors }))).toBe(
    '2 parameters are not right\n  a: no. do.\n  b: none.',
  );
});

it.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', /sslrootcert/],
  [undefined, 'The server does not support SSL connections', /ssl = on/],
  ['42P01', 'relation "access.keys" does not exist', /litopys migrate/],
])('tells the mend of %s', (code, said, mend) => {
  const [sentence, then] = sentencesOf(Object.assign(new Error(said), code && { code })).split('\n');
  expect([sentence, then]).toEqual([said, expect.stringMatching(mend)]);
});

it('tells why a rebuild stands still, with its mend', () => {
  expect(sentencesOf(new LoopStop('feed-diverged', 'another event stands there', 'restore it'))).toBe(
    'another event stands there\nrestore it',
  );
});
