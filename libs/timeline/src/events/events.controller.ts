import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { findByIdentity, readEvent, readFeed, readJournalIds, structuredText, type JournalRow } from '#libs/journal';
import { NotFoundError } from '#libs/platform';
import { Answer, makeAnswer, Written, type ReadPlace } from '../answer/answer.js';
import type { HttpRequest } from '../http.js';
import { readEventName } from '../request/event-name.js';
import { eventParameters, PAGE, paging, pins } from '../request/parameters.js';
import { Parameters } from '../request/query.js';
import type { Given } from '../request/read-query.js';
import { TIMELINE_OPTIONS, type TimelineOptions } from '../timeline-options.js';
import { eventAnswer, eventListAnswer } from './event-answers.js';
import { feedPlace } from './feed-place.js';

const together = { rule: 'together', mend: 'give both source and id, and neither after nor limit' };

const listQuery = z
  .object({ ...eventParameters, limit: paging.limit, as_recorded_at: pins.as_recorded_at })
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
const findQuery = z.object({});

type ListQuery = z.infer<typeof listQuery>;

const STRUCTURED = 'application/cloudevents+json; charset=utf-8';

@ApiTags('Journal')
@Controller('v1/events')
export class EventsController {
  constructor(@Inject(TIMELINE_OPTIONS) private readonly options: TimelineOptions) {}

  @Get()
  @ApiOperation({
    summary: 'The events themselves',
    description: 'As CloudEvents in the order of the journal, for consumers without Kafka; or the one of an identity.',
  })
  @ApiOkResponse({ description: 'A page of events.', standardSchema: eventListAnswer })
  async list(@Req() request: HttpRequest, @Parameters(listQuery) query: ListQuery): Promise<Answer> {
    const place = await feedPlace(this.options.source, query.as_recorded_at);
    const limit = query.limit ?? PAGE;
    const rows =
      query.source === undefined ? await this.page(query, limit, place) : await this.byIdentity(query, place);
    const last = query.source === undefined && rows.length === limit ? rows.at(-1) : undefined;
    const body = {
      events: new Written(`[${(await this.written(rows)).join(',')}]`),
      next_after: last && last.position < place.position ? last.position : null,
      ...(rows.length === 0 && { covers: tellPositions(place) }),
    };
    const { publicUrl = '' } = this.options;
    return makeAnswer({ publicUrl, path: '/v1/events', given: request.query as Given, pins: query }, place, body);
  }

  @Get(':kind/:name')
  @ApiOperation({ summary: 'One event', description: 'As a structured-mode CloudEvent. It never changes.' })
  @ApiOkResponse({ description: 'The event.', standardSchema: eventAnswer })
  async find(
    @Param('kind') kind: string,
    @Param('name') rest: string,
    @Parameters(findQuery) _query: object,
  ): Promise<Answer> {
    const { name, stream, version } = readEventName(kind, rest);
    const { pool, feed } = this.options.source;
    const row = await readEvent(pool, feed, stream, version);
    if (!row)
      throw new NotFoundError(`no event ${name} is recorded`, { code: 'no-event', mend: 'find it under /v1/events' });
    const [text = ''] = await this.written([row]);
    return new Answer(text, STRUCTURED);
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

/** What an empty answer says: which positions there are, none of which matched. */
const tellPositions = ({ position }: ReadPlace): object => ({
  first: position > 0 ? 1 : null,
  last: position > 0 ? position : null,
  note: 'none recorded is not none: these are the positions recorded at this place',
});
