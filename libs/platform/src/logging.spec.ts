import { afterEach, expect, it, jest } from '@jest/globals';
import { levelsOf, makeLogger } from './logging.js';

afterEach(() => void jest.restoreAllMocks());

it('writes the configured level and all that is worse', () => {
  expect(levelsOf('warn')).toEqual(['fatal', 'error', 'warn']);
  expect(levelsOf('debug')).toEqual(['fatal', 'error', 'warn', 'log', 'debug']);
});

it('writes one JSON object a line where nobody watches', () => {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => (lines.push(String(line)), true));
  const logger = makeLogger('info', false);
  logger.log('the relay has reached position 7', 'Relay');
  logger.debug('not at this level', 'Relay');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'log',
    context: 'Relay',
    message: 'the relay has reached position 7',
  });
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
});
