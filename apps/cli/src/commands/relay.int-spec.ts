import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { makeProgram } from '../program.js';

let journal: TestJournal;
const before = process.env['DATABASE_URL'];

beforeAll(async () => {
  journal = await freshJournal();
  process.env['DATABASE_URL'] = journal.url;
});

afterAll(async () => {
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  await journal.close();
});

it('relay republish sets the progress of the topic back to the beginning', async () => {
  await journal.owner.query("insert into journal.relay_progress values ('litopys.events', 7), ('another', 3)");
  process.env['KAFKA_TOPIC'] = 'litopys.events';
  await makeProgram().parseAsync(['node', 'litopys', 'relay', 'republish']);
  const { rows } = await journal.owner.query('select topic, position from journal.relay_progress order by topic');
  expect(rows).toEqual([
    { topic: 'another', position: 3 },
    { topic: 'litopys.events', position: 0 },
  ]);
});
