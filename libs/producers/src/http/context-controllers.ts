import { Controller, HttpCode, Inject, Param, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiExcludeController, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONTEXTS, isRecord, type Context, type ContextName, type EventTypeName, type Json } from '#libs/contracts';
import { NotFoundError } from '#libs/platform';
import { PRODUCER_OPTIONS, type ProducerOptions } from '../producer-options.js';
import type { ProducedAnswer } from './answer.js';
import { appendVerb } from './append-verb.js';
import { bodySchema } from './body-schema.js';
import { describesAppend } from './describe-append.js';
import type { HttpReply, HttpRequest } from './http.js';
import { JsonBody } from './raw-body.js';

const TAG = 'Producers';

/** `POST /v1/<context>`: opens a stream; the slug stands in the body. */
function openingController(name: ContextName, kind: string, type: EventTypeName): Type<object> {
  @ApiTags(TAG)
  @Controller(`v1/${name}`)
  class OpeningController {
    constructor(@Inject(PRODUCER_OPTIONS) private readonly options: ProducerOptions) {}

    @Post()
    @HttpCode(201)
    @ApiOperation({
      operationId: `open_${kind}`,
      summary: `Open a stream: ${type}`,
      description: `The body is the data of a \`${type}\` event, with its slug.`,
    })
    @describesAppend({ withKey: true })
    open(
      @Req() request: HttpRequest,
      @JsonBody(bodySchema(type, { opening: true })) data: Json,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<ProducedAnswer> {
      return appendVerb(this.options, { type, kind, slug: undefined, data, request, reply });
    }
  }
  return OpeningController;
}

function purposeOf(type: EventTypeName): string {
  if (isRecord(type))
    return `The body is the data of a \`${type}\` event, which puts right an earlier event of the stream.`;
  return `The body is the data of a \`${type}\` event; with a slug, equal to the path's, it is the first event of the stream.`;
}

/** `POST /v1/<context>/{slug}/<verb>`: goes on with a stream; one verb an event type. */
function verbController(name: ContextName, kind: string, verb: string, type: EventTypeName): Type<object> {
  @ApiTags(TAG)
  @Controller(`v1/${name}`)
  class VerbController {
    constructor(@Inject(PRODUCER_OPTIONS) private readonly options: ProducerOptions) {}

    @Post(`:slug/${verb}`)
    @HttpCode(201)
    @ApiOperation({
      operationId: `${verb}_${kind}`,
      summary: `Go on with a stream: ${type}`,
      description: purposeOf(type),
    })
    @ApiParam({ name: 'slug', schema: { type: 'string' }, description: `The stream ${kind}/{slug}.` })
    @describesAppend({ withKey: true })
    goOn(
      @Param('slug') slug: string,
      @Req() request: HttpRequest,
      @JsonBody(bodySchema(type, { opening: false })) data: Json,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<ProducedAnswer> {
      return appendVerb(this.options, { type, kind, slug, data, request, reply });
    }
  }
  return VerbController;
}

/** `POST /v1/<context>/{slug}` with no verb, or with one that the context has not. */
function unknownVerbController(name: ContextName, verbs: readonly string[]): Type<object> {
  @ApiExcludeController()
  @Controller(`v1/${name}`)
  class UnknownVerbController {
    @Post([':slug', ':slug/:verb'])
    refuse(@Param('verb') verb?: string): never {
      throw new NotFoundError(
        verb === undefined ? 'There is no verb in the path.' : `${name} have no verb "${verb}".`,
        {
          field: 'verb',
          rule: 'known-value',
          mend: `Post to /v1/${name}/{slug}/ and one of ${verbs.join(', ')}; to /v1/${name} to open a stream.`,
        },
      );
    }
  }
  return UnknownVerbController;
}

/** The controllers of one context's routes: one that opens, one a verb, and one for what is none. */
export function contextControllers(name: ContextName): Type<object>[] {
  const { kinds, opening, verbs }: Context = CONTEXTS[name];
  const routes = kinds.flatMap((kind) => [
    openingController(name, kind, opening),
    ...Object.entries(verbs).map(([verb, type]) => verbController(name, kind, verb, type)),
  ]);
  return [...routes, unknownVerbController(name, Object.keys(verbs))];
}
