import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { CloudEvent } from '#libs/contracts';
import { TransientError } from '#libs/platform';
import { produce } from '#libs/producers';
import { freshJournal, type TestJournal } from '../../../test/support/journal.js';
import { loadHistory, readHistory } from './history.js';

const options = { actor: 'test', now: '2025-11-24T10:00:00.000Z' };

let journal: TestJournal;

beforeEach(async () => {
  journal = await freshJournal();
});

afterEach(() => journal.close());

const send = (event: CloudEvent): Promise<unknown> => produce(journal.app, event, options);

it('a load goes on past what is refused, tells it by identity and rule, and again at the next', async () => {
  const history = readHistory();
  const first = history[0];
  if (first === undefined) throw new Error('there is no history');
  await send({ ...first, id: 'somebody-else' });
  const said: string[] = [];
  const loaded = await loadHistory(journal.app, send, (text) => said.push(text));
  expect(loaded).toEqual({ sent: history.length - 1, all: history.length, refused: 1 });
  expect(said).toEqual([expect.stringContaining(`${first.id} of ${first.source}`)]);
  expect(said[0]).toMatch(/the rule slug-taken: .*\.$/);
  const again = await loadHistory(journal.app, send, () => undefined);
  expect(again).toEqual({ sent: 0, all: history.length, refused: 1 });
});

it('a journal that is away ends a load; the next one goes on', async () => {
  let left = 3;
  const breaking = (event: CloudEvent): Promise<unknown> =>
    left-- > 0 ? send(event) : Promise.reject(new TransientError('away'));
  await expect(loadHistory(journal.app, breaking)).rejects.toThrow('away');
  const { sent, all } = await loadHistory(journal.app, send);
  expect(sent).toBe(all - 3);
});
