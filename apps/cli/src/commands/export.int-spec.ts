import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { litopys as run, type Ended } from '../../../../test/support/command.js';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from '#libs/journal';

const EVENTS = 40;

let journal: TestJournal;
let folder: string;
let key: string;
const file = (name: string): string => path.join(folder, name);
const litopys = (...args: string[]): Promise<Ended> =>
  run({ DATABASE_URL: journal.url, CHECKPOINT_KEY: file('key') }, ...args);
/** Where no database can be reached. */
const offline = (...args: string[]): Promise<Ended> =>
  run({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, ...args);

beforeAll(async () => {
  journal = await freshJournal();
  const long = { title: 'Київ 🌻 " \\ \n', text: 'x'.repeat(200_000) };
  const times = { time: '2025-08-24T10:00:00.000Z', correlationId: 'c', causationId: '' };
  await append(
    journal.app,
    Array.from({ length: EVENTS }, (_, index) =>
      exampleRequest(`e${index + 1}`, {
        ...(index === 20 && { data: JSON.stringify(long) }),
        ...(index === 21 && times),
        actor: index === 22 ? 'it says "data": {}' : 'test',
      }),
    ),
  );
}, 60_000);
afterAll(() => journal.close());

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'litopys-export-'));
  key = (await litopys('checkpoint', 'keygen', file('key'))).said.trim();
  writeFileSync(file('signed'), (await litopys('checkpoint')).said);
});
afterEach(() => rmSync(folder, { recursive: true }));

const signed = (): string[] => ['--against', file('signed'), '--key', key];

it('what is exported holds offline, from a file or packed, and comes to what was signed', async () => {
  expect((await litopys('export', file('all.ndjson'))).code).toBe(0);
  expect((await litopys('export', file('all.ndjson.gz'))).code).toBe(0);
  expect((await litopys('export')).said).toBe(readFileSync(file('all.ndjson'), 'utf8'));
  expect(gunzipSync(readFileSync(file('all.ndjson.gz')))).toEqual(readFileSync(file('all.ndjson')));
  for (const name of ['all.ndjson', 'all.ndjson.gz'])
    expect(await offline('verify', '--file', file(name), ...signed())).toMatchObject({
      code: 0,
      said: expect.stringMatching(`the export holds: ${EVENTS} events from position 1 to ${EVENTS}`),
    });
  expect(JSON.parse((await offline('verify', '--file', file('all.ndjson'), '--json')).said)).toEqual(
    JSON.parse((await litopys('verify', '--json')).said),
  );
});

it('a part is exported by its first and last position', async () => {
  const { said } = await litopys('export', '--from', '11', '--to', '13');
  const positions = said
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { position: string }).position);
  expect(positions).toEqual(['11', '12', '13']);
  writeFileSync(file('part'), said);
  expect(await offline('verify', '--file', file('part'))).toMatchObject({ code: 0 });
  for (const range of [
    ['--from', '41'],
    ['--to', '41'],
    ['--from', '5', '--to', '4'],
  ])
    expect(await litopys('export', ...range)).toMatchObject({
      code: 2,
      said: expect.stringContaining('it ends at 40'),
    });
});

it('an export that was changed, cut, or is none, is told, with an exit code', async () => {
  await litopys('export', file('all.ndjson.gz'));
  const whole = gunzipSync(readFileSync(file('all.ndjson.gz'))).toString();
  const lines = whole.split('\n');
  writeFileSync(file('cut'), lines.slice(0, 30).join('\n'));
  expect((await offline('verify', '--file', file('cut'))).code).toBe(0);
  expect(await offline('verify', '--file', file('cut'), ...signed())).toMatchObject({
    code: 4,
    said: expect.stringContaining('the events end at 30'),
  });
  writeFileSync(file('changed'), whole.replace('"title":"e7"', '"title":"E7"'));
  expect(await offline('verify', '--file', file('changed'))).toMatchObject({
    code: 4,
    said: expect.stringMatching(/^7 +pledge\/example@7 +data-changed/m),
  });
  writeFileSync(file('cut.gz'), readFileSync(file('all.ndjson.gz')).subarray(0, 2000));
  expect(await offline('verify', '--file', file('cut.gz'))).toMatchObject({
    code: 4,
    said: expect.stringContaining('cannot be unpacked'),
  });
  writeFileSync(file('other'), 'name,amount\n');
  expect((await offline('verify', '--file', file('other'))).code).toBe(4);
  writeFileSync(file('empty'), '');
  for (const wrong of [['empty'], ['nowhere'], ['.'], ['cut', '--from', '3'], ['cut', '--replica']])
    expect((await offline('verify', '--file', file(wrong[0] ?? ''), ...wrong.slice(1))).code).toBe(2);
});

it('an export of a journal with a gap leaves no file, and an older one as it was', async () => {
  await litopys('export', file('kept'), '--to', '3');
  const before = readFileSync(file('kept'));
  const client = await journal.owner.connect();
  try {
    await client.query('alter table journal.events disable trigger all');
    await client.query('create temp table gone as select * from journal.events where position = 25');
    await client.query('delete from journal.events where position = 25');
    expect(await litopys('export', file('kept'))).toMatchObject({
      code: 4,
      said: expect.stringMatching(/position 25 is missing\n.*--to 24/),
    });
    await client.query('insert into journal.events select * from gone');
  } finally {
    await client.query('alter table journal.events enable always trigger append_only');
    client.release();
  }
  expect(readFileSync(file('kept'))).toEqual(before);
  expect(existsSync(file('kept.part'))).toBe(false);
  expect((await litopys('verify')).code).toBe(0);
});
