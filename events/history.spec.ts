import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  cloudEvent,
  collectionOf,
  edtfBounds,
  fromMills,
  isRecordEvent,
  isTelling,
  mend,
  parseJson,
  parseType,
  SCHEMAS,
  schemaOf,
  splitName,
  tellAt,
  toMills,
  typeName,
  typesOf,
  upcastEvent,
  valueAt,
  type Citation,
  type CloudEvent,
  type Json,
  type JsonObject,
  type Party,
  type StreamEvent,
} from '#libs/contracts';
import { decide, evolve, type Command, type History } from '#libs/domain';

const FOLDER = join(import.meta.dirname, 'history');
const RECORDED_AT = '2026-03-01T00:00:00.000Z';
const PLEDGE = 'pledge/2025-g7-military-package';

/** Streams that the history speaks of and does not hold yet. */
const UNRESOLVED = ['engagement/2025-g7-kananaskis', 'measure/1991-canada-recognizes-ukraine'];
/** Pages that carry no date. */
const UNDATED = ['Canadian PM outlines military aid package (aggregated)'];

interface Line {
  readonly file: string;
  readonly event: CloudEvent;
}

const history: Line[] = readdirSync(FOLDER)
  .toSorted()
  .flatMap((file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => ({ file, event: cloudEvent.parse(parseJson(line)) }));
  });

/** The history as a journal would hold it: positions and versions in the order of the lines. */
function recorded(): StreamEvent[] {
  const versions = new Map<string, number>();
  return history.map(({ event }, index) => {
    const version = (versions.get(event.subject) ?? 0) + 1;
    versions.set(event.subject, version);
    return {
      stream: event.subject,
      version,
      position: index + 1,
      recordedAt: RECORDED_AT,
      knownSince: event.data['known_since'],
      ...upcastEvent(event.type, event.data as JsonObject),
    } as StreamEvent;
  });
}

const journal = recorded();
const telling = journal.filter(isTelling);
const opened = new Set(journal.map((event) => event.stream));
const citationsOf = (event: StreamEvent): Citation[] => event.data.citations;

/** The events of one stream as told at a known day, at a position of the journal. */
const told = (stream: string, { day = '9999-01-01', position = Infinity } = {}) =>
  mend(journal.filter((event) => event.stream === stream && event.position <= position)).flatMap(
    (mended) => tellAt(mended, day) ?? [],
  );

/** What every telling event says in the end, with all its records. */
const current = [...opened].flatMap((stream) => told(stream));

describe('each line', () => {
  it.each(history)('$event.id is an event that the language knows', ({ event }) => {
    const { name, version } = parseType(event.type) ?? {};
    expect(name && schemaOf(name, version).parse(event.data)).toEqual(event.data);
    expect(event).toMatchObject({ source: 'urn:litopys:history', specversion: '1.0' });
    const collection = collectionOf(event.subject);
    expect(name && collection && typesOf(collection)).toContain(name);
  });

  it('has an id of its own', () => {
    const ids = history.map(({ event }) => event.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says since when it was known, and on what ground; nothing is known before it happened', () => {
    const silent = history.filter(({ event }) => !event.data['known_since'] || !event.data['known_basis']);
    expect(silent.map(({ event }) => event.id)).toEqual([]);
    const early = telling.filter((event) => event.knownSince < (edtfBounds(event.data.occurred).from ?? ''));
    expect(early.map((event) => event.stream)).toEqual([]);
  });

  it('gives its slug on the first event of its stream, and on no other', () => {
    const wrong = journal.filter((event) => {
      const slug = 'slug' in event.data ? event.data.slug : undefined;
      return slug !== (event.version === 1 ? event.stream.split('/')[1] : undefined);
    });
    expect(wrong.map((event) => `${event.stream}@${event.version}`)).toEqual([]);
  });
});

describe('producers', () => {
  it('take the whole history in its order, without a refusal, knowing each event since the day that it gives', () => {
    const streams = new Map<string, History>();
    for (const { event } of history) {
      const stream = streams.get(event.subject) ?? [];
      const command = {
        stream: event.subject,
        ...upcastEvent(event.type, event.data as JsonObject),
        type: typeName(event.type),
        now: RECORDED_AT,
      } as Command;
      const decision = decide(stream, command);
      expect([event.id, decision]).toMatchObject([event.id, { accepted: true }]);
      if (!decision.accepted) continue;
      expect(decision.event.knownSince).toBe(event.data['known_since']);
      streams.set(event.subject, evolve(stream, decision.event));
    }
    expect(streams.get(PLEDGE)).toHaveLength(9);
  });
});

describe('records', () => {
  const records = journal.filter(isRecordEvent);

  it.each(records)('$stream@$version is about an earlier event of its stream', ({ stream, version, data }) => {
    const about = splitName(data.about);
    expect(about.stream).toBe(stream);
    expect(telling.some((event) => event.stream === stream && event.version === about.version)).toBe(true);
    expect(about.version).toBeLessThan(version);
  });

  it('change what stands there when they take effect', () => {
    expect(current.flatMap(({ event, findings }) => findings.map((one) => [event.stream, one]))).toEqual([]);
  });

  it('leave data that the schema still takes', () => {
    for (const { event, data } of current) {
      const name = typeName(event.type);
      expect(name && SCHEMAS[name].safeParse(data).error).toBeUndefined();
    }
  });
});

describe('relations', () => {
  const refs = current.flatMap(({ data }) => data.refs ?? []);
  const claims = current.flatMap(({ data }) => ('claims' in data ? (data.claims ?? []) : []));
  const targets = [...refs, ...claims].flatMap((one) => (one.target ? [{ ...one, target: one.target }] : []));

  it('lead to streams of the history, or to those known to be missing', () => {
    const missing = targets.map(({ target }) => splitName(target).stream).filter((stream) => !opened.has(stream));
    expect([...new Set(missing)].toSorted()).toEqual(UNRESOLVED);
  });

  it('name lines that the pledge has', () => {
    const lines = (stream: string): string[] =>
      told(stream).flatMap(({ data }) => ('lines' in data ? (data.lines ?? []) : []).map((line) => line.id));
    for (const { target, line } of targets) if (line !== undefined) expect(lines(target)).toContain(line);
  });
});

describe('sources', () => {
  it('are complete: who, what, where to find it, when, in which language, of which standing', () => {
    const incomplete = journal
      .flatMap(citationsOf)
      .concat(current.flatMap(({ data }) => data.citations))
      .filter(({ url, locator, published, title }) => !(url ?? locator) || (!published && !UNDATED.includes(title)));
    expect(incomplete).toEqual([]);
  });

  it('say nothing of values that the entry has too', () => {
    const citing = current.flatMap(({ data }) => data.citations.map((citation) => ({ data, citation })));
    for (const { data, citation } of citing)
      for (const [pointer, value] of Object.entries(citation.says ?? {}))
        expect([pointer, valueAt(data as Json, pointer)]).not.toEqual([pointer, value]);
  });
});

describe('names', () => {
  it('mean one party each, whatever the spelling', () => {
    const ids = new Map<string, Set<string>>();
    const parties: Party[] = current.flatMap(({ data }) => data.parties ?? []);
    for (const { id, name } of parties) ids.set(name, (ids.get(name) ?? new Set()).add(id));
    expect([...ids].filter(([, all]) => all.size > 1)).toEqual([]);
  });

  it('are spelt one way in titles and summaries', () => {
    for (const { data } of current) expect(`${data.title} ${data.summary}`).not.toMatch(/Zelensky\b|Kiev|Zelenskiy/);
  });

  it('stand in titles without a full stop, in summaries of one sentence', () => {
    for (const { data } of current) {
      expect(data.title).toMatch(/^[A-Z].*[^.]$/);
      expect(data.summary ?? 'It is one sentence.').toMatch(/^[A-Z][^.]*((\d|\w)\.\d[^.]*)*\.$/);
    }
  });
});

describe('24 August 2025', () => {
  const lastOfArticle = history.findLastIndex(({ file }) => file === '2025-08-24-article.ndjson') + 1;

  /** Amounts of the lines of the June pledge, and what is left of it. */
  function ledger(place: { day?: string; position?: number }): { lines: Record<string, string>; residual: string } {
    const events = told(PLEDGE, place);
    const lines = events.flatMap(({ data }) => ('lines' in data ? (data.lines ?? []) : []));
    const face = events.flatMap(({ event, data }) =>
      event.type === 'litopys.pledge.announced.v1' && 'money' in data && data.money ? [toMills(data.money.amount)] : [],
    );
    const sums = lines.map((line) => toMills(line.money?.amount ?? '0'));
    const residual = (face[0] ?? 0n) - sums.reduce((sum, one) => sum + one, 0n);
    return {
      lines: Object.fromEntries(lines.map((line) => [line.id, line.money?.amount ?? ''])),
      residual: fromMills(residual),
    };
  }

  const article = { equipment: '835000000', purl: '680000000', 'drones-electronic-warfare': '220000000' };

  it('leaves CAD 265 million untold when only the article is in', () => {
    expect(ledger({ position: lastOfArticle })).toEqual({ lines: article, residual: '265000000' });
  });

  it('leaves nothing untold with the official list', () => {
    const official = { ...article, 'capability-coalitions': '165000000', 'czech-ammunition': '100000000' };
    expect(ledger({})).toEqual({ lines: official, residual: '0' });
    expect(ledger({ day: '2025-08-24' })).toEqual({ lines: official, residual: '0' });
  });

  it('was not itemized as known the day before', () => {
    expect(ledger({ day: '2025-08-23' })).toEqual({ lines: {}, residual: '2000000000' });
  });

  it('has the PURL money as one line, approximate, with the US dollars that the release prints for it', () => {
    const lines = told(PLEDGE).flatMap(({ data }) => ('lines' in data ? (data.lines ?? []) : []));
    expect(lines.find((line) => line.id === 'purl')?.money).toEqual({
      amount: '680000000',
      currency: 'CAD',
      qualifier: 'approximate',
      reported_as: [{ amount: '500000000', currency: 'USD' }],
    });
    const pledged = current.filter(({ data }) => 'money' in data && data.money?.currency === 'USD');
    expect(pledged).toEqual([]);
  });

  it('has the article first of the day, each thing that it says as an entry that cites it', () => {
    const cited = telling.filter(({ position }) => position <= lastOfArticle && position > 11);
    expect(cited.length).toBeGreaterThanOrEqual(10);
    for (const event of cited) expect(citationsOf(event)[0]?.title).toMatch(/^Canada pledges billions/);
  });

  it('has at least eight entries', () => {
    const ofTheDay = current.filter(({ data }) => data.occurred === '2025-08-24');
    expect(ofTheDay.length).toBeGreaterThanOrEqual(8);
  });

  it('tells the letter of intent first as the article named it', () => {
    const [before] = told('agreement/2025-loi-joint-production', { position: lastOfArticle });
    const [after] = told('agreement/2025-loi-joint-production');
    expect([before?.data, after?.data]).toMatchObject([
      { instrument: 'agreement' },
      { instrument: 'letter-of-intent' },
    ]);
  });
});
