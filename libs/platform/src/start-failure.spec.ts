import { expect, it } from '@jest/globals';
import { ConfigError } from './config.js';
import { ConflictError } from './errors.js';
import { startFailure } from './start-failure.js';

it.each([
  [new ConfigError(['PORT: a number is wanted']), 2, 'PORT: a number is wanted'],
  [new ConflictError('It runs already.', { mend: 'Stop it.' }), 1, 'It runs already.\nStop it.'],
  [
    Object.assign(new Error('x'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 }),
    1,
    '127.0.0.1:3000 is taken',
  ],
  [
    Object.assign(new Error('invalid page in block 0'), { code: 'XX001' }),
    4,
    'invalid page in block 0\n`npx litopys verify`',
  ],
])('%s ends a start with its words and the code %i', (error, exitCode, words) => {
  expect(startFailure(error)).toEqual({ exitCode, said: expect.stringContaining(words) });
});

it('what is no error of ours is told whole', () => {
  expect(startFailure(new TypeError('x is undefined')).said).toMatch(/TypeError: x is undefined\n +at /);
});
