import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { append } from './append.js';
import { chainHashOf, dataHashOf, firstPrevious } from '../hashes.js';
import { feedHead, findByIdentity, readFeed, readStreams } from '../read.js';

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
});
afterAll(() => journal.close());

/** A request for a stream that no other test uses. */
let streams = 0;
const freshStream = (): string => `pledge/stream-${++streams}`;
const ask = (stream: string, id: string, expectedVersion: number | null = null, data = `{"title":"${id}"}`) =>
  exampleRequest(`${stream} ${id}`, { stream, expectedVersion, data });

describe('append', () => {
  it('answers a verdict a request, in one call and in their order, and one bad request spoils no other', async () => {
    const stream = freshStream();
    const client = await journal.app.connect();
    const [other, { position }] = [freshStream(), await feedHead(journal.app, 'journal')];
    const verdicts = await append(client, [
      ask(stream, 'a', 0),
      ask(stream, 'b', 5),
      ask(other, 'c', 0),
      ask(stream, 'a', 0),
      ask(stream, 'a', 0, '{"title":"another"}'),
      ask(stream, 'd', 1),
      ask(stream, 'e'),
      ask(stream, 'b', 3),
    ]).finally(() => client.release());
    expect(verdicts.map((one) => [one.verdict, one.position, one.version])).toEqual([
      ['appended', position + 1, 1],
      ['wrong-version', null, 1],
      ['appended', position + 2, 1],
      ['duplicate', position + 1, 1],
      ['conflict', position + 1, 1],
      ['appended', position + 3, 2],
      ['appended', position + 4, 3],
      ['appended', position + 5, 4],
    ]);
    const rows = await readStreams(journal.app, 'journal', [stream]);
    expect(rows.map((row) => [row.version, row.id.split(' ')[1]])).toEqual([
      [1, 'a'],
      [2, 'd'],
      [3, 'e'],
      [4, 'b'],
    ]);
  });

  it('answers a repeat as it was answered first, however far its stream has come since', async () => {
    const stream = freshStream();
    const [first] = await append(journal.app, [ask(stream, 'a', 0)]);
    await append(journal.app, [ask(stream, 'b', 1)]);
    expect(await append(journal.app, [ask(stream, 'a', 0)])).toEqual([{ ...first, verdict: 'duplicate' }]);
    expect(await append(journal.app, [ask(stream, 'a', 7)])).toEqual([{ ...first, verdict: 'duplicate' }]);
    expect(await append(journal.app, [ask(stream, 'a', 0, '{}')])).toEqual([{ ...first, verdict: 'conflict' }]);
  });

  it('lets one of many win a version', async () => {
    const stream = freshStream();
    const asked = Array.from({ length: 20 }, (_, index) => append(journal.app, [ask(stream, `racer-${index}`, 0)]));
    const verdicts = (await Promise.all(asked)).flat();
    expect(verdicts.filter(({ verdict }) => verdict === 'appended')).toHaveLength(1);
    expect(verdicts.filter(({ verdict, version }) => verdict === 'wrong-version' && version === 1)).toHaveLength(19);
  });

  it('refuses to append on a snapshot older than the head', async () => {
    const client = await journal.app.connect();
    try {
      await client.query('begin isolation level repeatable read');
      await client.query('select from journal.events');
      await append(journal.app, [ask(freshStream(), 'a')]);
      await expect(append(client, [ask(freshStream(), 'b')])).rejects.toMatchObject({ code: '40001' });
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('takes nothing from nobody', async () => {
    const before = await feedHead(journal.app, 'journal');
    expect(await append(journal.app, [])).toEqual([]);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });

  it('takes what the database can store of a call that fails, and then says what it cannot', async () => {
    const stream = freshStream();
    const bad = { ...ask(stream, 'b'), knownBasis: 'hearsay' };
    await expect(append(journal.app, [ask(stream, 'a'), bad, ask(stream, 'c')])).rejects.toMatchObject({
      code: '23514',
    });
    const rows = await readStreams(journal.app, 'journal', [stream]);
    expect(rows.map(({ id }) => id.split(' ')[1])).toEqual(['a', 'c']);
  });

  it('leaves what fails in a transaction of the caller’s own to the caller', async () => {
    const stream = freshStream();
    const client = await journal.app.connect();
    try {
      await client.query('begin');
      await append(client, [ask(stream, 'a')]);
      await expect(append(client, [{ ...ask(stream, 'b'), knownBasis: 'x' }])).rejects.toMatchObject({ code: '23514' });
      await client.query('rollback');
    } finally {
      client.release();
    }
    expect(await readStreams(journal.app, 'journal', [stream])).toEqual([]);
  });

  it('lets recorded times never fall, though the clock does', async () => {
    await journal.owner.query(`update journal.head set recorded_at = '2050-01-01T00:00:00.005Z'`);
    const [verdict] = await append(journal.app, [ask(freshStream(), 'a')]);
    expect(verdict?.recordedAt).toBe('2050-01-01T00:00:00.005Z');
    const { rows } = await journal.owner.query<{ fell: boolean }>(
      'select recorded_at < lag(recorded_at) over (order by position) as fell from journal.events',
    );
    expect(rows.filter(({ fell }) => fell)).toEqual([]);
  });
});

/** Text of any characters that JSON lets through our door: no U+0000, no half of a surrogate pair. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\0', '0'));
const trap = fc.constantFrom(
  'NULL',
  '',
  '{}',
  '"',
  '\\',
  '\\x',
  '{"a","b"}',
  ',',
  '\r\n\t',
  'Київ',
  '🇺🇦',
  '\u{10ffff}',
);
const text = fc.oneof(anyText, trap);
const time = fc.constantFrom(null, '2025-08-24T10:30:00Z', '2025-08-24T01:30:00.123+03:00', '0999-12-31T23:59:59.999Z');

describe('what is stored', () => {
  it('is what was sent, byte for byte, and chained as TypeScript chains it', async () => {
    const requests = fc.array(
      fc.record({
        stream: text,
        source: text,
        actor: text,
        type: text,
        data: text,
        correlationId: fc.option(text),
        time,
      }),
      { minLength: 1, maxLength: 8 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(requests, async (givens) => {
        run += 1;
        const asked = givens.map((given, index) => exampleRequest(`run ${run} ${index}`, given));
        const before = await feedHead(journal.app, 'journal');
        await append(journal.app, asked);
        const rows = await readFeed(journal.app, 'journal', { after: before.position, limit: 100 });
        let previous = before.chainHash ?? '';
        for (const [index, row] of rows.entries()) {
          const { expectedVersion: _, time: sent, ...request } = asked[index] ?? exampleRequest('none');
          expect(row).toMatchObject({ ...request, time: sent === null ? null : new Date(sent).toISOString() });
          expect(row.position).toBe(before.position + index + 1);
          expect(row.dataHash).toBe(dataHashOf(row.data));
          expect(row.chainHash).toBe(chainHashOf(previous, row));
          previous = row.chainHash;
        }
        expect(rows).toHaveLength(asked.length);
        expect((await feedHead(journal.app, 'journal')).chainHash).toBe(previous);
      }),
      { numRuns: 60 },
    );
  });

  it('begins its chain at the journal id, and again where another id begins', async () => {
    const fresh = await freshJournal();
    try {
      await append(fresh.app, [exampleRequest('a'), exampleRequest('b')]);
      const { journalId, chainHash } = await feedHead(fresh.app, 'journal');
      const first = await findByIdentity(fresh.app, 'journal', 'urn:litopys:test', 'a');
      expect(first?.chainHash).toBe(chainHashOf(firstPrevious(null, journalId ?? ''), first ?? ({} as never)));

      await fresh.owner.query(
        `with b as (insert into journal.branches values (3, gen_random_uuid()) returning journal_id)
         update journal.head set journal_id = b.journal_id from b`,
      );
      const branch = (await feedHead(fresh.app, 'journal')).journalId ?? '';
      await append(fresh.app, [exampleRequest('c'), exampleRequest('d')]);
      const [third, fourth] = await readFeed(fresh.app, 'journal', { after: 2, limit: 2 });
      expect(branch).not.toBe(journalId);
      expect(third?.chainHash).toBe(chainHashOf(firstPrevious(chainHash, branch), third ?? ({} as never)));
      expect(fourth?.chainHash).toBe(chainHashOf(third?.chainHash ?? '', fourth ?? ({} as never)));
    } finally {
      await fresh.close();
    }
  });
});
