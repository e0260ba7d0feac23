import { Query, type PipeTransform } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import type { z } from 'zod';
import { readQuery } from './read-query.js';

/** Reads the query by the schema that its decorator carries, which the published API description is made of too. */
class ReadQueryPipe implements PipeTransform<Record<string, unknown>> {
  transform(raw: Record<string, unknown>, { schema }: ArgumentMetadata): unknown {
    return readQuery(schema as z.ZodObject, raw);
  }
}

/** The parameters of a request, read by their schema; unknown ones are refused by name. */
export const Parameters = (schema: z.ZodObject): ParameterDecorator => Query({ schema, pipes: [new ReadQueryPipe()] });
