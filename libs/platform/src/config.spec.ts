import { expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.js';

it('has a default for everything', () => {
  expect(loadConfig({})).toMatchObject({
    journalUrl: undefined,
    brokers: [],
    topic: 'litopys.events',
    intakeTopic: 'litopys.intake',
    rejectedTopic: 'litopys.rejected',
    host: '127.0.0.1',
    dataDir: './data',
    lanes: 1,
  });
});

it('takes one database for both, unless told otherwise', () => {
  expect(loadConfig({ DATABASE_URL: 'postgres://a@h/d', VIEWS_URL: 'postgres://b@h/v' })).toMatchObject({
    journalUrl: 'postgres://a@h/d',
    viewsUrl: 'postgres://b@h/v',
  });
});

it('tells every mistake at once, and no value', () => {
  const bad = { DATABASE_URL: 'mysql://root:secret@h/d', PORT: '70000', KAFKA_BROKERS: 'nowhere', LANES: '0' };
  expect(() => loadConfig(bad)).toThrow(ConfigError);
  try {
    loadConfig(bad);
  } catch (error) {
    expect((error as ConfigError).mistakes).toHaveLength(4);
    expect((error as ConfigError).message).not.toContain('secret');
  }
});

it('takes no topic for two uses', () => {
  expect(() => loadConfig({ KAFKA_REJECTED_TOPIC: 'litopys.intake' })).toThrow('must be three topics');
});
