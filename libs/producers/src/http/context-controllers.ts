import { Controller, HttpCode, Inject, Param, Post, Query, Req, Res, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  collectionsOf,
  COLLECTIONS,
  isRecord,
  type Collection,
  type CollectionName,
  type ContextName,
  type EventTypeName,
  type Json,
} from '#libs/contracts';
import { NeedsScope } from '#libs/keys';
import { NotFoundError, SERVES_NOTHING, ValidationError } from '#libs/platform';
import { PRODUCER_OPTIONS, type ProducerOptions } from '../producer-options.js';
import type { ProducedAnswer } from './answer.js';
import { appendVerb } from './append-verb.js';
import { describesAppend } from './describe-append.js';
import { dataBody } from './describe-body.js';
import type { HttpReply, HttpRequest } from './http.js';
import { JsonBody } from './raw-body.js';

const TAG = 'Producers';

/** `POST /v1/<collection>`: opens a stream; the slug stands in the body. */
function openingController(name: CollectionName, kind: string, type: EventTypeName): Type<object> {
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
      requestBody: dataBody(kind, [type], { opening: true }),
    })
    @describesAppend()
    open(
      @Req() request: HttpRequest,
      @JsonBody() data: Json,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<ProducedAnswer> {
      return appendVerb(this.options, { type, kind, slug: undefined, data, request, reply });
    }
  }
  return OpeningController;
}

/** The type that a verb stands for, where several may open a stream. @throws ValidationError */
function typeOfVerb(verbs: Collection['verbs'], verb: unknown): EventTypeName {
  const openings = Object.entries(verbs).filter(([, type]) => !isRecord(type));
  const found = openings.find(([name]) => name === verb);
  if (found) return found[1];
  throw new ValidationError('verb does not say what opens the stream.', {
    field: 'verb',
    rule: 'known-value',
    mend: `Give verb=, one of ${openings.map(([name]) => name).join(', ')}.`,
  });
}

/** `POST /v1/<collection>?verb=`: opens a stream that begins with whatever is told first. */
function openingByVerbController(name: CollectionName, { kind, verbs }: Collection): Type<object> {
  const openings = Object.entries(verbs).filter(([, type]) => !isRecord(type));

  @ApiTags(TAG)
  @Controller(`v1/${name}`)
  class OpeningByVerbController {
    constructor(@Inject(PRODUCER_OPTIONS) private readonly options: ProducerOptions) {}

    @Post()
    @HttpCode(201)
    @ApiOperation({
      operationId: `open_${kind}`,
      summary: `Open a stream: ${openings.map(([, type]) => type).join(', ')}`,
      description: 'The body is the data of the event that the verb stands for, with its slug.',
      requestBody: dataBody(kind, openings.map(([, type]) => type) as [EventTypeName, ...EventTypeName[]], {
        opening: true,
      }),
    })
    @ApiQuery({
      name: 'verb',
      required: true,
      description: 'What is told first.',
      schema: { type: 'string', enum: openings.map(([verb]) => verb) },
    })
    @describesAppend()
    async open(
      @Req() request: HttpRequest,
      @Query('verb') verb: unknown,
      @JsonBody() data: Json,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<ProducedAnswer> {
      const type = typeOfVerb(verbs, verb);
      const parameters = ['verb'];
      return appendVerb(this.options, { type, kind, slug: undefined, data, parameters, request, reply });
    }
  }
  return OpeningByVerbController;
}

function purposeOf(type: EventTypeName): string {
  if (isRecord(type)) return `The body is the data of a \`${type}\` event, about an earlier event of the stream.`;
  return `The body is the data of a \`${type}\` event; with a slug, equal to the path's, it is the first event of the stream.`;
}

/** `POST /v1/<collection>/{slug}/<verb>`: goes on with a stream; one verb an event type. */
function verbController(name: CollectionName, kind: string, verb: string, type: EventTypeName): Type<object> {
  @ApiTags(TAG)
  @Controller(`v1/${name}`)
  class VerbController {
    constructor(@Inject(PRODUCER_OPTIONS) private readonly options: ProducerOptions) {}

    @Post(`:slug/${verb}`)
    @HttpCode(201)
    @ApiOperation({
      operationId: `${verb.replaceAll('-', '_')}_${kind}`,
      summary: `Go on with a stream: ${type}`,
      description: purposeOf(type),
      requestBody: dataBody(kind, [type], { opening: false }),
    })
    @ApiParam({ name: 'slug', schema: { type: 'string' }, description: `The stream ${kind}/{slug}.` })
    @describesAppend()
    goOn(
      @Param('slug') slug: string,
      @Req() request: HttpRequest,
      @JsonBody() data: Json,
      @Res({ passthrough: true }) reply: HttpReply,
    ): Promise<ProducedAnswer> {
      return appendVerb(this.options, { type, kind, slug, data, request, reply });
    }
  }
  return VerbController;
}

/** `POST /v1/<collection>/{slug}` with no verb, or with one that there is not. */
function unknownVerbController(name: CollectionName, verbs: readonly string[]): Type<object> {
  @ApiExcludeController()
  @Controller(`v1/${name}`)
  class UnknownVerbController {
    @Post([':slug', ':slug/:verb'])
    @RouteConfig(SERVES_NOTHING)
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

/** The controllers of one collection's routes: one that opens, one a verb, and one for what is none. */
function collectionControllers(name: CollectionName): Type<object>[] {
  const collection: Collection = COLLECTIONS[name];
  const { kind, opening, verbs } = collection;
  return [
    opening === undefined ? openingByVerbController(name, collection) : openingController(name, kind, opening),
    ...Object.entries(verbs).map(([verb, type]) => verbController(name, kind, verb, type)),
    unknownVerbController(name, Object.keys(verbs)),
  ];
}

/** The controllers of one context's routes, each for keys with the context's scope. */
export function contextControllers(name: ContextName): Type<object>[] {
  const controllers = collectionsOf(name).flatMap(collectionControllers);
  for (const controller of controllers) NeedsScope(`append:${name}`)(controller);
  return controllers;
}
