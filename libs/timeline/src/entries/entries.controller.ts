import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  coveredDaysAt,
  findEntry,
  listEntries,
  relationsFrom,
  relationsTo,
  type EntryFilter,
  type EntryKey,
  type EntryRow,
} from '#libs/chronology';
import { NotFoundError } from '#libs/platform';
import { answerAtPlace } from '../answer/answer-at-place.js';
import type { Answer } from '../answer/answer.js';
import type { HttpRequest } from '../http.js';
import { writeCursor, type Cursor } from '../paging/cursor.js';
import { readEventName } from '../request/event-name.js';
import { entryFilters, PAGE, paging, pins } from '../request/parameters.js';
import { Parameters } from '../request/query.js';
import { TIMELINE_OPTIONS, type TimelineOptions } from '../timeline-options.js';
import { entryAnswer, entryListAnswer } from './entry-answers.js';
import { tellCoverage, tellEntry, tellRelationFrom, tellRelationTo, unresolvedFindings } from './tell-entry.js';

const listQuery = z
  .object({ ...entryFilters, ...paging, ...pins })
  .refine(({ occurred_from: from, occurred_to: to }) => from === undefined || to === undefined || from <= to, {
    path: ['occurred_to'],
    message: 'it lies before occurred_from',
    params: { rule: 'order', mend: 'give an occurred_to that is not before occurred_from' },
  });
const findQuery = z.object(pins);

const filterOf = (query: z.infer<typeof listQuery>): EntryFilter => ({
  occurredFrom: query.occurred_from,
  occurredTo: query.occurred_to,
  kinds: query.kind,
  types: query.type,
  party: query.party,
  words: query.q,
});

/** The cursor is of this very query, so its key is of this list. */
const keyOf = ({ after }: Cursor): EntryKey => ({ occurredDay: String(after[0]), position: Number(after[1]) });
const keyAfter = ({ occurredDay, position }: EntryRow): (string | number)[] => [occurredDay, position];

@ApiTags('Chronology')
@Controller('v1/entries')
export class EntriesController {
  constructor(@Inject(TIMELINE_OPTIONS) private readonly options: TimelineOptions) {}

  @Get()
  @ApiOperation({
    summary: 'The chronology',
    description: 'All that is recorded, as now corrected, retracted hidden; by day, then by the order of recording.',
  })
  @ApiOkResponse({ description: 'A page of entries.', standardSchema: entryListAnswer })
  list(@Req() request: HttpRequest, @Parameters(listQuery) query: z.infer<typeof listQuery>): Promise<Answer> {
    const limit = query.limit ?? PAGE;
    return answerAtPlace(
      this.options,
      { path: '/v1/entries', request, query },
      async (client, { place, scope, cursor }) => {
        const after = cursor && keyOf(cursor);
        const rows = await listEntries(client, place, filterOf(query), { after, limit: limit + 1 });
        const entries = rows.slice(0, limit);
        const last = rows.length > limit ? entries.at(-1) : undefined;
        return {
          entries: entries.map(tellEntry),
          next_cursor: last ? writeCursor(scope, { ...place, after: keyAfter(last) }) : null,
          ...(entries.length === 0 && { covers: tellCoverage(await coveredDaysAt(client, place)) }),
        };
      },
    );
  }

  @Get(':kind/:name')
  @ApiOperation({
    summary: 'One entry',
    description:
      'With citations, relations both ways, findings, and the records in effect. A name answers for ever: what is retracted says so.',
  })
  @ApiOkResponse({ description: 'The entry.', standardSchema: entryAnswer })
  find(
    @Req() request: HttpRequest,
    @Param('kind') kind: string,
    @Param('name') rest: string,
    @Parameters(findQuery) query: z.infer<typeof findQuery>,
  ): Promise<Answer> {
    const { name, stream, version } = readEventName(kind, rest);
    return answerAtPlace(this.options, { path: `/v1/entries/${name}`, request, query }, async (client, { place }) => {
      const row = await findEntry(client, place, stream, version);
      if (!row) throw noEntry(name);
      const outgoing = await relationsFrom(client, place, stream, version);
      const incoming = await relationsTo(client, place, stream, version);
      const told = tellEntry(row);
      return {
        ...told,
        retracted: row.retracted,
        findings: [...(told['findings'] as object[]), ...unresolvedFindings(row, outgoing)],
        relations: {
          outgoing: outgoing.map((one) => tellRelationFrom(stream, one)),
          incoming: incoming.map(tellRelationTo),
        },
      };
    });
  }
}

const noEntry = (name: string): NotFoundError =>
  new NotFoundError(`no entry ${name} is recorded and known at this place`, {
    code: 'no-entry',
    mend: `look at a later place, or at /v1/events/${name}: an event that puts the record right is no entry`,
  });
