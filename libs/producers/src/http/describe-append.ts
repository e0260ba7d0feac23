import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiQuery } from '@nestjs/swagger';
import { SENT_ATTRIBUTES } from '#libs/contracts';
import { JSON_TYPE } from '#libs/platform';
import { ANSWER } from './answer.js';
import { BATCH_ANSWER } from './append-batch.js';

const ifMatch = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The version at which the stream is believed to be, in quotes; 412 where it is at another.',
  schema: { type: 'string', examples: ['"3"'] },
});

const idempotencyKey = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description:
    'A UUID becomes the id of the event, any other text a UUID of its own. The same request under the same key is taken once; another one is a 409.',
  schema: { type: 'string' },
});

const dryRun = ApiQuery({
  name: 'dry_run',
  required: false,
  description: 'Check and decide, append nothing.',
  schema: { type: 'boolean', default: false },
});

const TAKEN = 'The event stands in the journal. ETag: the version; Location: where it can be read.';
const KNOWN_ALREADY = 'It stood there already (duplicate), or it was a dry run.';

const text = { type: 'string' } as const;
const headers = {
  ETag: { description: 'The version, in quotes: what If-Match takes.', schema: text },
  Location: { description: 'Where it can be read.', schema: text },
};

const answers = (schema: object): object => ({ content: { [JSON_TYPE]: { schema } } });

const describesAnswers = (schema: object): MethodDecorator =>
  applyDecorators(
    ApiBearerAuth('key'),
    ApiCreatedResponse({ description: TAKEN, headers, ...answers(schema) }),
    ApiOkResponse({ description: KNOWN_ALREADY, headers, ...answers(schema) }),
  );

/** What every route of a verb has in common, for the API's description. */
export const describesAppend = (): MethodDecorator =>
  applyDecorators(idempotencyKey, ifMatch, dryRun, describesAnswers(ANSWER));

const attributeHeaders = SENT_ATTRIBUTES.filter((name) => name !== 'datacontenttype').map((name) =>
  ApiHeader({ name: `ce-${name}`, required: false, description: 'In binary mode.', schema: text }),
);

/** The same of the route that takes CloudEvents. */
export const describesAppendedEvents = (): MethodDecorator =>
  applyDecorators(...attributeHeaders, ifMatch, dryRun, describesAnswers({ oneOf: [ANSWER, BATCH_ANSWER] }));
