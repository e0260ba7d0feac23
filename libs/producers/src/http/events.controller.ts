import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Json } from '#libs/contracts';
import { callerOf } from '#libs/keys';
import { ValidationError } from '#libs/platform';
import { produce } from '../append/produce.js';
import { PRODUCER_OPTIONS, type ProducerOptions } from '../producer-options.js';
import { answer, type ProducedAnswer } from './answer.js';
import { cloudEventSchema } from './body-schema.js';
import { describesAppend } from './describe-append.js';
import type { HttpReply, HttpRequest } from './http.js';
import { JsonBody } from './raw-body.js';
import { readDryRun } from './read-dry-run.js';
import { readIdempotencyKey, readIfMatch } from './request-headers.js';

type Sent = Readonly<Record<string, unknown>> | null;

/** A CloudEvent carries its identity in itself; a key that says otherwise is a mistake of the caller's. */
function checkKey(request: HttpRequest, event: Json): void {
  const key = readIdempotencyKey(request);
  if (key === undefined || key === (event as Sent)?.['id']) return;
  throw new ValidationError('The Idempotency-Key is not the id of the event.', {
    field: 'Idempotency-Key',
    rule: 'idempotency-key',
    mend: 'Leave the header out: source and id of a CloudEvent are its identity.',
  });
}

/** Takes events of every context that this release knows. */
@ApiTags('Producers')
@Controller('v1/events')
export class IncomingEventsController {
  constructor(@Inject(PRODUCER_OPTIONS) private readonly options: ProducerOptions) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'append_event',
    summary: 'Append a CloudEvent',
    description:
      'One CloudEvent 1.0 in structured mode, as application/cloudevents+json or application/json, of any type.',
  })
  @ApiConsumes('application/cloudevents+json', 'application/json')
  @describesAppend({ withKey: false })
  async append(
    @Req() request: HttpRequest,
    @JsonBody(cloudEventSchema) event: Json,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<ProducedAnswer> {
    const { pool, now = () => new Date().toISOString() } = this.options;
    const { actor } = callerOf(request);
    const [dryRun, ifMatch] = [readDryRun(request), readIfMatch(request)];
    checkKey(request, event);
    const outcome = await produce(pool, event, { actor, now: now(), ifMatch, dryRun });
    return answer(reply, outcome, String((event as Sent)?.['type']));
  }
}
