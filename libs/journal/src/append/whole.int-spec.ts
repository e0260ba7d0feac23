import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exampleRequest, freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { feedHead, readFeed } from '../read.js';
import { verify } from '../verify/verify.js';
import { append, appendEach, appendWhole } from './append.js';
import { callAppend, type Batch } from './call-append.js';
import type { AppendRequest, Outcome, Verdict } from './request.js';

let journal: TestJournal;
beforeAll(async () => {
  journal = await freshJournal();
});
afterAll(() => journal.close());

const ask = (stream: string, id: string, expectedVersion: number | null, data?: string): AppendRequest =>
  exampleRequest(id, { stream, expectedVersion, ...(data !== undefined && { data }) });
const verdicts = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ verdict }) => verdict);
const head = async (): Promise<number> => (await feedHead(journal.app, 'journal')).position;

describe('requests that are appended whole', () => {
  it('are appended together, each beside those before it, duplicates among them', async () => {
    const before = await head();
    await append(journal.app, [ask('pledge/a', 'a1', 0)]);
    const outcomes = await appendWhole(journal.app, [
      ask('pledge/a', 'a1', 0),
      ask('pledge/b', 'b1', 0),
      ask('pledge/a', 'a2', 1),
      ask('pledge/b', 'b2', 1),
      ask('pledge/b', 'b1', 0),
    ]);
    expect(outcomes.map((one) => [one.verdict, 'position' in one && one.position])).toEqual([
      ['duplicate', before + 1],
      ['appended', before + 2],
      ['appended', before + 3],
      ['appended', before + 4],
      ['duplicate', before + 2],
    ]);
  });

  it.each([
    ['a wrong version', ask('pledge/c', 'c2', 7), 'wrong-version'],
    ['a conflict', ask('pledge/c', 'a1', 1, '{"title":"another"}'), 'conflict'],
  ])('leave nothing behind where one meets %s', async (_, bad, said) => {
    const before = await feedHead(journal.app, 'journal');
    const outcomes = await appendWhole(journal.app, [
      ask('pledge/c', 'c1', 0),
      bad,
      ask('pledge/c', 'c1', 0),
      ask('pledge/d', 'd1', 0),
    ]);
    expect(verdicts(outcomes)).toEqual(['withheld', said, 'withheld', 'withheld']);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });

  it('leave nothing behind where the database cannot store one, and spoil none of their neighbours', async () => {
    const before = await head();
    const bad = { ...ask('pledge/e', 'e2', 1), knownBasis: 'hearsay' };
    // The first is under way alone; the others wait, and are sent in one call.
    const [, whole, alone] = await Promise.all([
      appendEach(journal.app, [ask('pledge/first', 'first', 0)]),
      appendWhole(journal.app, [ask('pledge/e', 'e1', 0), bad]),
      appendEach(journal.app, [ask('pledge/f', 'f1', 0)]),
    ]);
    expect(verdicts(whole)).toEqual(['failed', 'failed']);
    expect(verdicts(alone)).toEqual(['appended']);
    expect(await head()).toBe(before + 2);
  });
});

/** What stands, as the simplest reading of the rules has it. */
class Model {
  private events: { stream: string; key: string; fingerprint: string; version: number }[] = [];

  private verdictOn({ stream, source, id, fingerprint, expectedVersion, after }: AppendRequest): Verdict['verdict'] {
    const key = `${source} ${id}`;
    const standing = this.events.find((event) => event.key === key);
    if (standing) return standing.fingerprint === fingerprint ? 'duplicate' : 'conflict';
    const before = this.events.filter((event) => event.stream === stream);
    const version = before.length;
    if (expectedVersion !== null && expectedVersion !== version) return 'wrong-version';
    if (after && before.at(-1)?.key !== `${after.source} ${after.id}`) return 'wrong-version';
    this.events.push({ stream, key, fingerprint, version: version + 1 });
    return 'appended';
  }

  take({ requests, whole }: Batch): Verdict['verdict'][] {
    const before = this.events.length;
    const said = requests.map((request) => {
      const verdict = this.verdictOn(request);
      return { verdict, own: this.events.findIndex(({ key }) => key === `${request.source} ${request.id}`) >= before };
    });
    if (!whole || !said.some(({ verdict }) => verdict === 'conflict' || verdict === 'wrong-version'))
      return said.map(({ verdict }) => verdict);
    this.events.length = before;
    return said.map(({ verdict, own }) => (own && verdict !== 'conflict' ? 'withheld' : verdict));
  }

  get rows(): string[] {
    return this.events.map(({ stream, version, key }) => `${stream}@${version} ${key}`);
  }
}

describe('any batches in one call', () => {
  it('are answered and stored as one after another, each whole or not', async () => {
    const request = fc.record({
      stream: fc.constantFrom('pledge/x', 'pledge/y'),
      id: fc.integer({ min: 1, max: 8 }),
      data: fc.constantFrom('{}', '[]'),
      expectedVersion: fc.option(fc.integer({ min: 0, max: 4 })),
      after: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 4 }),
    });
    const batch = fc.record({ requests: fc.array(request, { minLength: 1, maxLength: 5 }), whole: fc.boolean() });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(batch, { minLength: 1, maxLength: 4 }), { maxLength: 3 }), async (calls) => {
        run++;
        const model = new Model();
        const before = await head();
        const client = await journal.app.connect();
        try {
          for (const call of calls) {
            const batches = call.map(({ requests, whole }): Batch => ({
              whole,
              requests: requests.map(({ stream, id, data, expectedVersion, after }) => ({
                ...ask(`${stream}-${run}`, `${run}-${id}`, expectedVersion, data),
                after: after === null ? undefined : { source: 'urn:litopys:test', id: `${run}-${after}` },
              })),
            }));
            const expected = batches.flatMap((one) => model.take(one));
            expect(verdicts(await callAppend(client, batches))).toEqual(expected);
          }
        } finally {
          client.release();
        }
        const rows = await readFeed(journal.app, 'journal', { after: before, limit: 1000 });
        expect(rows.map(({ stream, version, source, id }) => `${stream}@${version} ${source} ${id}`)).toEqual(
          model.rows,
        );
      }),
      { numRuns: 150 },
    );
    expect((await verify(journal.app, 'journal')).findings).toEqual([]);
  });
});
