import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiQuery } from '@nestjs/swagger';
import { producedAnswer } from './answer.js';

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

const taken = ApiCreatedResponse({
  description: 'The event stands in the journal. ETag: the version; Location: where it can be read.',
  standardSchema: producedAnswer,
});

const knownAlready = ApiOkResponse({
  description: 'It stood there already (duplicate), or it was a dry run.',
  standardSchema: producedAnswer,
});

/** What every route that appends has in common, for the API's description. */
export const describesAppend = ({ withKey }: { readonly withKey: boolean }): MethodDecorator =>
  applyDecorators(...(withKey ? [idempotencyKey] : []), ifMatch, dryRun, taken, knownAlready);
