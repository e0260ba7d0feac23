import { isRecord, typeName } from '#libs/contracts';
import { nameAnswer } from '#libs/published';
import { z } from 'zod';
import type { Produced } from '../append/outcome.js';
import type { HttpReply } from './http.js';

/** What a producer answers, as the API's description has it. */
export const producedAnswer = z
  .strictObject({
    event: z.string().describe('The name of the event: stream@version.'),
    id: z.string().describe('Its id; with its source the identity by which a repeat is known.'),
    stream: z.string(),
    version: z.number().int(),
    position: z.number().int().nullable().describe('Its place in the journal; null after a dry run.'),
    duplicate: z.boolean().describe('Whether it stood there before this request.'),
    dry_run: z.literal(true).optional(),
    known_since: z.string().optional().describe('After a dry run: since when it would be known.'),
    known_basis: z.enum(['source', 'stated', 'presumed', 'recorded']).optional(),
  })
  .meta({ title: 'What became of an event' });

export const ANSWER = nameAnswer('Produced', producedAnswer);

export type ProducedAnswer = z.infer<typeof producedAnswer>;

/** Where the event can be read: an entry of the chronology; a record, which is none, among the events. */
function locationOf({ event }: Produced, type: string): string {
  const name = typeName(type);
  return `/v1/${name !== undefined && isRecord(name) ? 'events' : 'entries'}/${event}`;
}

/** What became of one event, as it is answered. */
export const tell = ({ event, id, stream, version, position, duplicate, dryRun }: Produced): ProducedAnswer => ({
  event,
  id,
  stream,
  version,
  position,
  duplicate,
  ...(dryRun && { dry_run: true as const, known_since: dryRun.knownSince, known_basis: dryRun.knownBasis }),
});

/** Answers 201 for what was appended, 200 for what stood there already and for a dry run. */
export function answer(reply: HttpReply, outcome: Produced, type: string): ProducedAnswer {
  const { version, duplicate, dryRun } = outcome;
  if (!dryRun) reply.header('etag', `"${version}"`).header('location', locationOf(outcome, type));
  reply.code(duplicate || dryRun ? 200 : 201);
  return tell(outcome);
}
