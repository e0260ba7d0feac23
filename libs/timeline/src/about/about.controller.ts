import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { coverageAt } from '#libs/chronology';
import { readJournalIds } from '#libs/journal';
import { answerAtPlace } from '../answer/answer-at-place.js';
import type { Answer } from '../answer/answer.js';
import { answerOf } from '../answer/answer-schemas.js';
import type { HttpRequest } from '../http.js';
import { pins } from '../request/parameters.js';
import { Parameters } from '../request/query.js';
import { TIMELINE_OPTIONS, type TimelineOptions } from '../timeline-options.js';

const query = z.object(pins);
const span = z.object({ first: z.string().nullable(), last: z.string().nullable() });

const aboutAnswer = answerOf({
  name: z.literal('Litopys'),
  what: z.string(),
  entries: z.int(),
  by_kind: z.record(z.string(), z.int()),
  occurred: span.describe('First and last day on which something happened.'),
  known: span.describe('First and last day on which something became known.'),
  last_position: z.int(),
  journal: z.string().nullable().describe('The id of the journal.'),
  view_version: z.int(),
  licence: z.object({ name: z.string(), url: z.string() }).describe('Of the data.'),
  default_read: z.string(),
});

const LICENCE = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' };

@ApiTags('About')
@Controller('v1/about')
export class AboutController {
  constructor(@Inject(TIMELINE_OPTIONS) private readonly options: TimelineOptions) {}

  @Get()
  @ApiOperation({ summary: 'What the record covers' })
  @ApiOkResponse({
    description: 'Coverage, counts, the last position and the licence of the data.',
    standardSchema: aboutAnswer,
  })
  about(@Req() request: HttpRequest, @Parameters(query) asked: z.infer<typeof query>): Promise<Answer> {
    const { source } = this.options;
    return answerAtPlace(this.options, { path: '/v1/about', request, query: asked }, async (client, { place }) => {
      const { byKind, ...coverage } = await coverageAt(client, place);
      const journalIdAt = await readJournalIds(client, source.feed);
      return {
        name: 'Litopys',
        what: 'A chronology of what happens between Canada and Ukraine, every entry with its sources.',
        ...coverage,
        by_kind: byKind,
        last_position: place.position,
        journal: journalIdAt(place.position),
        view_version: source.viewVersion,
        licence: LICENCE,
        default_read: 'All that is recorded, as now corrected, retracted hidden.',
      };
    });
  }
}
