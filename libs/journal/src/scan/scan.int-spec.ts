import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from '../append/append.js';
import { withClient } from '../queryable.js';
import { readFeed } from '../read.js';
import type { JournalRow } from '../row.js';
import { linkOf, type Link } from './link.js';
import { scan } from './scan.js';

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
  const long = 'Київ 🌻 '.repeat(20_000);
  await append(journal.app, [
    exampleRequest('plain'),
    exampleRequest('times', { time: '1991-12-02T08:30:00.125Z', knownSince: '0001-01-01' }),
    exampleRequest('late', { time: '9999-12-31T23:59:59.999Z', knownSince: '9999-12-31' }),
    exampleRequest('ids', { correlationId: 'c-1', causationId: '', actor: 'Леся 🌻' }),
    exampleRequest('long', { data: JSON.stringify({ title: long }), actor: 'a'.repeat(20_000) }),
    exampleRequest('short', { data: '{}', source: '', dataschema: '' }),
  ]);
}, 60_000);
afterAll(() => journal.close());

it('what is scanned is what is read, whatever stands in it, and hashes alike', async () => {
  const rows = await readFeed(journal.app, 'journal', { after: 0, limit: 10 });
  expect(rows.length).toBe(6);
  const before = 'ab'.repeat(32);
  const scanned: { row: JournalRow; position: number; chainHash: string; holds: boolean; after: string[] }[] = [];
  await withClient(journal.app, (client) =>
    scan(client, 'journal', { first: 1, last: 100 }, (link: Link) => {
      const after = [before, '', before].map((previous) => link.hashAfter(previous));
      const { position, chainHash } = link;
      scanned.push({ row: link.row(), position, chainHash, holds: link.dataHolds(), after });
    }),
  );
  const expected = rows.map((row) => {
    const link = linkOf(row);
    const after = [before, '', before].map((previous) => link.hashAfter(previous));
    return { row, position: row.position, chainHash: row.chainHash, holds: true, after };
  });
  expect(scanned).toEqual(expected);
});

it('positions are read as they are asked for, and no others', async () => {
  const positions: number[] = [];
  await withClient(journal.app, (client) =>
    scan(client, 'journal', { first: 3, last: 4 }, ({ position }) => positions.push(position)),
  );
  expect(positions).toEqual([3, 4]);
});
