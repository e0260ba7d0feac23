import { readFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { litopys as run, type Ended } from '../../../../test/support/command.js';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from '#libs/journal';

const folder = mkdtempSync(path.join(tmpdir(), 'litopys-checkpoint-'));
const file = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const journals: TestJournal[] = [];
let journal: TestJournal;
let key: string;
let number = 0;

const litopys = (...args: string[]): Promise<Ended> =>
  run({ DATABASE_URL: journal.url, CHECKPOINT_KEY: file(`key-${number}`) }, ...args);

/** Signs where the journal stands, into a file. */
async function sign(name: string, ...args: string[]): Promise<string> {
  const { code, said } = await litopys('checkpoint', ...args);
  expect([code, said]).toEqual([0, expect.stringContaining('—')]);
  writeFileSync(file(name), said);
  return said;
}

const against = (name: string, ...args: string[]): Promise<Ended> =>
  litopys('verify', '--against', file(name), '--key', key, ...args);

const addEvents = (count: number, prefix = 'e'): Promise<unknown> =>
  append(
    journal.app,
    Array.from({ length: count }, (_, index) => exampleRequest(`${prefix}${index}`)),
  );

async function openJournal(): Promise<TestJournal> {
  const opened = await freshJournal();
  journals.push(opened);
  return opened;
}

beforeEach(async () => {
  journal = await openJournal();
  number += 1;
  await addEvents(30);
  key = (await litopys('checkpoint', 'keygen', file(`key-${number}`))).said.trim();
  await sign('now');
});
afterEach(async () => {
  await Promise.all(journals.splice(0).map((one) => one.close()));
});

/** What only a superuser can do: change the past, with the triggers out of the way. */
const tamper = (statements: string): Promise<unknown> =>
  journal.owner.query(`
    alter table journal.events disable trigger all;
    alter table journal.branches disable trigger all;
    ${statements};
    alter table journal.events enable always trigger append_only;
    alter table journal.branches enable always trigger append_only`);

/** Takes events from a position on out of table and head, so that nothing shows it. */
const cutTail = (from: number): Promise<unknown> =>
  tamper(`
    delete from journal.events where position >= ${from};
    update journal.head h set position = e.position, chain_hash = e.chain_hash, recorded_at = e.recorded_at
    from journal.events e where e.position = ${from - 1}`);

it('a checkpoint is a signed note of the journal’s id, its position, its chain hash and time', async () => {
  const { rows } = await journal.owner.query<{ id: string; hash: string; at: Date }>(
    `select journal_id as id, encode(chain_hash, 'base64') as hash, recorded_at as at from journal.head`,
  );
  const { id = '', hash = '', at = new Date(0) } = rows[0] ?? {};
  const origin = `litopys.example/${id}`;
  const text = `${origin}\n30\n${hash}\nrecorded ${at.toISOString()}\n\n— ${origin} `;
  const note = readFileSync(file('now'), 'utf8');
  expect(note.slice(0, text.length)).toBe(text);
  expect(note.slice(text.length)).toMatch(/^[A-Za-z0-9+/]+=*\n$/);
  expect(key).toMatch(new RegExp(`^${origin}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*$`));
});

it('the signing key is readable by its owner alone, and is not written over', async () => {
  expect(statSync(file(`key-${number}`)).mode & 0o777).toBe(0o600);
  const before = readFileSync(file(`key-${number}`));
  expect((await litopys('checkpoint', 'keygen', file(`key-${number}`))).code).toBe(1);
  expect(readFileSync(file(`key-${number}`))).toEqual(before);
  expect((await litopys('checkpoint', 'key')).said).toBe(`${key}\n`);
  expect(await run({ DATABASE_URL: journal.url, CHECKPOINT_KEY: '' }, 'checkpoint')).toMatchObject({
    code: 2,
    said: expect.stringContaining('CHECKPOINT_KEY'),
  });
});

it('a journal that has gone on since still comes to what was signed', async () => {
  await addEvents(5, 'later');
  expect(await against('now')).toMatchObject({ code: 0, said: expect.stringContaining('signed at position 30') });
  expect((await against('now', '--from', '32')).code).toBe(0);
  await sign('later', '--since', file('now'));
  expect((await against('later')).code).toBe(0);
});

it('a cut tail shows, which the journal by itself does not', async () => {
  await cutTail(25);
  expect((await litopys('verify')).code).toBe(0);
  expect(await against('now')).toMatchObject({ code: 4, said: expect.stringMatching(/^30 .*the events end at 24/m) });
  await addEvents(10, 'other');
  expect(await against('now')).toMatchObject({ code: 4, said: expect.stringMatching(/^30 .*history was rewritten/m) });
  const { code, said } = await litopys('checkpoint', '--since', file('now'));
  expect([code, said]).toEqual([4, expect.stringContaining('nothing is signed; at position 30')]);
});

it('a history rewritten as a whole shows, which the journal by itself does not', async () => {
  await tamper(`delete from journal.events; update journal.head set position = 0, chain_hash = null`);
  await addEvents(29);
  await addEvents(1, 'other');
  expect((await litopys('verify')).code).toBe(0);
  expect(await against('now')).toMatchObject({ code: 4, said: expect.stringMatching(/^30 .*history was rewritten/m) });
  expect((await against('now', '--from', '31')).code).toBe(4);
});

it('a checkpoint of another journal, by the same key, is told', async () => {
  journal = await openJournal();
  // Journals of tests are copies of one, with its id.
  await tamper(`
    update journal.branches set journal_id = gen_random_uuid();
    update journal.head h set journal_id = b.journal_id from journal.branches b`);
  await addEvents(30);
  const { code, said } = await against('now');
  expect([code, said]).toEqual([4, expect.stringMatching(/the checkpoint is of journal .* this one is /)]);
});

it('a checkpoint from before a branch holds, one from the other branch does not', async () => {
  await journal.owner.query(
    `with b as (insert into journal.branches values (31, gen_random_uuid()) returning journal_id)
     update journal.head set journal_id = b.journal_id from b`,
  );
  await sign('before');
  expect(readFileSync(file('before'), 'utf8')).toBe(readFileSync(file('now'), 'utf8'));
  await addEvents(5, 'branched');
  await sign('branched');
  for (const name of ['now', 'branched']) expect((await against(name)).code).toBe(0);
  await tamper('delete from journal.branches where from_position = 31');
  expect((await against('branched')).code).toBe(4);
});

it('a note that the key did not sign, or not so, is told apart from one that holds', async () => {
  const note = readFileSync(file('now'), 'utf8');
  writeFileSync(file('changed'), note.replace('\n30\n', '\n29\n'));
  expect(await against('changed')).toMatchObject({ code: 4, said: expect.stringContaining('is not of this text') });
  writeFileSync(file('cut'), note.split('\n\n')[0] ?? '');
  expect(await against('cut')).toMatchObject({ code: 2, said: expect.stringContaining('no signed note') });
  const other = await litopys('checkpoint', 'keygen', file(`other-${number}`), '--name', 'someone.example');
  const byOther = await litopys('verify', '--against', file('now'), '--key', other.said.trim());
  expect(byOther).toMatchObject({ code: 4, said: expect.stringContaining('is not signed by someone.example+') });
});

it.each([
  [['--against', 'now'], 'go together'],
  [['--key', 'x'], 'go together'],
  [['--against', 'now', '--key', 'x'], 'no verifier key'],
  [['--against', 'nowhere', '--key', 'KEY'], 'cannot be read'],
])('usage is told: %j', async (args, says) => {
  const given = args.map((arg) => (arg === 'KEY' ? key : arg.startsWith('now') ? file(arg) : arg));
  expect(await litopys('verify', ...given)).toEqual({ code: 2, said: expect.stringContaining(says) });
});

it('nothing is signed of an empty journal, or of a head that does not tell of the last event', async () => {
  await tamper(`update journal.head set chain_hash = sha256('other')`);
  expect((await litopys('checkpoint')).code).toBe(4);
  journal = await openJournal();
  expect((await litopys('checkpoint')).code).toBe(1);
});
