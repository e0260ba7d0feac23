import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Json } from '#libs/contracts';
import { callerOf, NeedsScopeOfEachEvent, requireAppend } from '#libs/keys';
import { isBatch } from '#libs/platform';
import { produce } from '../append/produce.js';
import { MAX_BATCH } from '../limits.js';
import { PRODUCER_OPTIONS, type ProducerOptions } from '../producer-options.js';
import { answer, type ProducedAnswer } from './answer.js';
import { appendBatch, type BatchAnswer } from './append-batch.js';
import { describesAppendedEvents } from './describe-append.js';
import { eventsBody } from './describe-body.js';
import type { HttpReply, HttpRequest } from './http.js';
import { JsonBody } from './raw-body.js';
import { readDryRun } from './read-dry-run.js';
import { readIfMatch } from './request-headers.js';
import { checkKey, sentEvent, type Members } from './sent-event.js';

const DESCRIPTION = `CloudEvents 1.0 of any type, in each of the modes of HTTP.

Structured: the whole event, as application/cloudevents+json or application/json. Binary: its attributes in headers (\`ce-id\`, \`ce-source\` ...), its data as application/json. Batch: up to ${MAX_BATCH} events in an array, as application/cloudevents-batch+json, all or nothing: those that stand already are duplicates, and where one is refused none is taken; fields of problems are pointers into the array.`;

/** Takes events of every context that this release knows. */
@ApiTags('Producers')
@Controller('v1/events')
@NeedsScopeOfEachEvent()
export class IncomingEventsController {
  constructor(@Inject(PRODUCER_OPTIONS) private readonly options: ProducerOptions) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'append_event',
    summary: 'Append a CloudEvent, or a batch',
    description: DESCRIPTION,
    requestBody: eventsBody,
  })
  @describesAppendedEvents()
  async append(
    @Req() request: HttpRequest,
    @JsonBody() body: Json,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ProducedAnswer | BatchAnswer> {
    if (isBatch(String(request.headers['content-type']))) return appendBatch(this.options, { request, reply, body });
    const { pool, now = () => new Date().toISOString() } = this.options;
    const { actor } = callerOf(request);
    const [dryRun, ifMatch] = [readDryRun(request), readIfMatch(request)];
    const { event, fields } = sentEvent(request, body);
    requireAppend(request, event, fields.attribute('subject'));
    checkKey(request, event);
    const outcome = await produce(pool, event, { actor, now: now(), ifMatch, dryRun, fields });
    return answer(reply, outcome, String((event as Members)?.['type']));
  }
}
