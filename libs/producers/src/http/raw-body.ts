import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Json } from '#libs/contracts';
import { BATCH_TYPE, bodyLimit, JSON_TYPE, STRUCTURED_TYPE, ValidationError } from '#libs/platform';
import { parseBytes } from '../check/parse.js';

type Done = (error: Error | null, body?: Buffer) => void;

/** What of Fastify is used to take bodies as they come. */
export interface BodyParsers {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    options: { parseAs: 'buffer'; bodyLimit: number },
    parser: (request: unknown, body: Buffer, done: Done) => void,
  ): void;
}

/** What is read; a CloudEvent in binary mode may leave out what it is, hence "*": what else comes is refused before. */
const READ = [JSON_TYPE, STRUCTURED_TYPE, BATCH_TYPE, '*'];

/**
 * Leaves JSON bodies unparsed: what is hashed must be what was sent, and JSON.parse forgets duplicate keys. Larger
 * bodies are refused with 413 before they are read.
 */
export function takeRawBodies(server: BodyParsers): void {
  // A form or a plain text is no event, though the framework would read them.
  server.removeAllContentTypeParsers();
  for (const type of READ) {
    const options = { parseAs: 'buffer', bodyLimit: bodyLimit(type) } as const;
    server.addContentTypeParser(type, options, (_, body, done) => done(null, body));
  }
}

function parseBody(body: unknown): Json {
  if (body instanceof Uint8Array) return parseBytes(body);
  throw new ValidationError('The request has no body.', {
    field: '',
    rule: 'required',
    mend: `Send the event, or its data, as ${JSON_TYPE}.`,
  });
}

/** The JSON value of the body, strictly parsed. */
export const JsonBody = createParamDecorator((_: unknown, context: ExecutionContext) =>
  parseBody(context.switchToHttp().getRequest<{ readonly body: unknown }>().body),
);
