import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { findByIdentity, readEvent, readFeed, readJournalIds, structuredText, type JournalRow } from '#libs/journal';
import { NotFoundError } from '#libs/platform';
import { answerForm } from '../answer/answer-form.js';
import { Answer, makeAnswer, Written, type Asked, type ReadPlace } from '../answer/answer.js';
import type { HttpRequest } from '../http.js';
import { readEventName } from '../request/event-name.js';
import { eventParameters, format, PAGE, paging, pins } from '../request/parameters.js';
import { Parameters } from '../request/query.js';
import type { Given } from '../request/read-query.js';
import { TIMELINE_OPTIONS, type TimelineOptions } from '../timeline-options.js';
import { EVENT_LIST, RECORDED_EVENT } from './event-answers.js';
import { batchAnswer, eventAnswerOf, EVENT_FORMS, LIST_FORMS } from './event-forms.js';
import { feedPlace } from './feed-place.js';

const together = { rule: 'together', mend: 'give both source and id, and neither after nor limit' };

const listQuery = z
  .object({
    ...eventParameters,
    limit: paging.limit,
    as_recorded_at: pins.as_recorded_at,
    format: format(LIST_FORMS),
  })
  .refine((query) => (query.source === undefined) === (query.id === undefined), {
    path: ['source'],
    message: 'source and id make an identity together',
    params: together,
  })
  .refine((query) => query.source === undefined || (query.after === undefined && query.limit === undefined), {
    path: ['after'],
    message: 'an identity has one event: there are no pages',
    params: together,
  });
const findQuery = z.object({ format: format(EVENT_FORMS) });

type ListQuery = z.infer<typeof listQuery>;
type FindQuery = z.infer<typeof findQuery>;

@ApiTags('Journal')
@Controller('v1/events')
export class EventsController {
  constructor(@Inject(TIMELINE_OPTIONS) private readonly options: TimelineOptions) {}

  @Get()
  @ApiOperation({
    summary: 'The events themselves',
    description: 'As CloudEvents in the order of the journal, for consumers without Kafka; or the one of an identity.',
  })
  @ApiOkResponse({
    description: 'A page of events.',
    headers: { Link: { description: 'The next page of batches, as rel="next".', schema: { type: 'string' } } },
    content: {
      [LIST_FORMS.json]: { schema: EVENT_LIST },
      [LIST_FORMS.batch]: { schema: { type: 'array', items: RECORDED_EVENT } },
    },
  })
  async list(@Req() request: HttpRequest, @Parameters(listQuery) query: ListQuery): Promise<Answer> {
    const place = await feedPlace(this.options.source, query.as_recorded_at);
    const limit = query.limit ?? PAGE;
    const rows =
      query.source === undefined ? await this.page(query, limit, place) : await this.byIdentity(query, place);
    const last = query.source === undefined && rows.length === limit ? rows.at(-1) : undefined;
    const nextAfter = last && last.position < place.position ? last.position : null;
    const events = await this.written(rows);
    const { publicUrl = '' } = this.options;
    const asked = { publicUrl, path: '/v1/events', given: request.query as Given, pins: query };
    if (answerForm(LIST_FORMS, request, query.format) === 'batch')
      return batchAnswer(events, nextUrl(asked, nextAfter));
    const body = {
      events: new Written(`[${events.join(',')}]`),
      next_after: nextAfter,
      ...(rows.length === 0 && { covers: tellPositions(place) }),
    };
    return makeAnswer(asked, place, body, { vary: 'accept' });
  }

  @Get(':kind/:name')
  @ApiOperation({
    summary: 'One event',
    description:
      'As a CloudEvent: in structured mode, or in binary mode (its attributes in headers such as ce-id, its data as the body). It never changes.',
  })
  @ApiOkResponse({
    description: 'The event; in binary mode its attributes are headers such as ce-id and ce-position.',
    content: {
      [EVENT_FORMS.structured]: { schema: RECORDED_EVENT },
      [EVENT_FORMS.binary]: { schema: { type: 'object', description: 'The data alone.' } },
    },
  })
  async find(
    @Param('kind') kind: string,
    @Param('name') rest: string,
    @Req() request: HttpRequest,
    @Parameters(findQuery) query: FindQuery,
  ): Promise<Answer> {
    const { name, stream, version } = readEventName(kind, rest);
    const { pool, feed } = this.options.source;
    const row = await readEvent(pool, feed, stream, version);
    if (!row)
      throw new NotFoundError(`no event ${name} is recorded`, { code: 'no-event', mend: 'find it under /v1/events' });
    const journalIdAt = await readJournalIds(pool, feed);
    return eventAnswerOf(answerForm(EVENT_FORMS, request, query.format), row, journalIdAt(row.position));
  }

  private page(query: ListQuery, limit: number, place: ReadPlace): Promise<JournalRow[]> {
    const { pool, feed } = this.options.source;
    return readFeed(pool, feed, { after: query.after ?? 0, upTo: place.position, limit });
  }

  private async byIdentity({ source = '', id = '' }: ListQuery, place: ReadPlace): Promise<JournalRow[]> {
    const row = await findByIdentity(this.options.source.pool, this.options.source.feed, source, id);
    return row && row.position <= place.position ? [row] : [];
  }

  private async written(rows: readonly JournalRow[]): Promise<string[]> {
    const journalIdAt = await readJournalIds(this.options.source.pool, this.options.source.feed);
    return rows.map((row) => structuredText(row, journalIdAt(row.position)));
  }
}

/** The same request for the events after a position; null where there are none. */
function nextUrl({ publicUrl, path, given }: Asked, after: number | null): string | null {
  if (after === null) return null;
  return `${publicUrl}${path}?${new URLSearchParams({ ...given, after: String(after) }).toString()}`;
}

/** What an empty answer says: which positions there are, none of which matched. */
const tellPositions = ({ position }: ReadPlace): object => ({
  first: position > 0 ? 1 : null,
  last: position > 0 ? position : null,
  note: 'none recorded is not none: these are the positions recorded at this place',
});
