import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import {
  coveredDaysAt,
  ledgersOf,
  listPledges,
  loadLedgerPledges,
  relationsFrom,
  relationsTo,
  type Ledger,
  type Pledge,
  type PledgeKey,
} from '#libs/chronology';
import { slug as slugSchema } from '#libs/contracts';
import { NotFoundError } from '#libs/platform';
import type { Place } from '#libs/projection';
import { answerAtPlace } from '../answer/answer-at-place.js';
import type { Answer } from '../answer/answer.js';
import { tellCoverage, tellRelationFrom, tellRelationTo } from '../entries/tell-entry.js';
import type { HttpRequest } from '../http.js';
import { writeCursor, type Cursor } from '../paging/cursor.js';
import { PAGE, paging, pins, pledgeFilters } from '../request/parameters.js';
import { Parameters } from '../request/query.js';
import { TIMELINE_OPTIONS, type TimelineOptions } from '../timeline-options.js';
import { pledgeAnswer, pledgeListAnswer } from './pledge-answers.js';
import { tellPledge, tellPledgeWhole } from './tell-pledge.js';

const listQuery = z.object({ ...pledgeFilters, ...paging, ...pins });
const findQuery = z.object(pins);

/** The cursor is of this very query, so its key is of this list. */
const keyOf = ({ after }: Cursor): PledgeKey => ({ day: String(after[0]), stream: String(after[1]) });

@ApiTags('Ledger')
@Controller('v1/pledges')
export class PledgesController {
  constructor(@Inject(TIMELINE_OPTIONS) private readonly options: TimelineOptions) {}

  @Get()
  @ApiOperation({
    summary: 'The ledger of pledges',
    description: 'What was announced, what of it is new, what was itemized and drawn. By the day of the announcement.',
  })
  @ApiOkResponse({ description: 'A page of pledges.', standardSchema: pledgeListAnswer })
  list(@Req() request: HttpRequest, @Parameters(listQuery) query: z.infer<typeof listQuery>): Promise<Answer> {
    const limit = query.limit ?? PAGE;
    return answerAtPlace(
      this.options,
      { path: '/v1/pledges', request, query },
      async (client, { place, scope, cursor }) => {
        const keys = await listPledges(client, place, query, { after: cursor && keyOf(cursor), limit: limit + 1 });
        const page = keys.slice(0, limit);
        const last = keys.length > limit ? page.at(-1) : undefined;
        return {
          pledges: await tellPledges(client, place, page),
          next_cursor: last ? writeCursor(scope, { ...place, after: [last.day, last.stream] }) : null,
          ...(page.length === 0 && { covers: tellCoverage(await coveredDaysAt(client, place)) }),
        };
      },
    );
  }

  @Get(':slug')
  @ApiOperation({
    summary: 'One pledge',
    description:
      'Announced, itemized by line, residual (by each rival citation too), allocated, disbursed, delivered, repaid; what of it is new and what was told before, with the rows that explain it.',
  })
  @ApiOkResponse({ description: 'The pledge.', standardSchema: pledgeAnswer })
  find(
    @Req() request: HttpRequest,
    @Param('slug') slug: string,
    @Parameters(findQuery) query: z.infer<typeof findQuery>,
  ): Promise<Answer> {
    if (!slugSchema.safeParse(slug).success) throw noPledge(slug);
    const stream = `pledge/${slug}`;
    return answerAtPlace(this.options, { path: `/v1/pledges/${slug}`, request, query }, async (client, { place }) => {
      const pledges = await loadLedgerPledges(client, place, [stream]);
      const [pledge, promises] = [pledges.get(stream), promisesOf(pledges)];
      const ledger = ledgersOf(promises, [stream]).get(stream);
      if (!pledge || !ledger) throw noPledge(slug);
      return {
        ...tellPledgeWhole(pledge, ledger, promises),
        relations: {
          outgoing: (await relationsFrom(client, place, stream, null)).map((one) => tellRelationFrom(stream, one)),
          incoming: (await relationsTo(client, place, stream, null)).map(tellRelationTo),
        },
      };
    });
  }
}

const promisesOf = (pledges: ReadonlyMap<string, Pledge>): Pledge['promise'][] =>
  [...pledges.values()].map(({ promise }) => promise);

/** Pledges in the order of their keys, each with its ledger. */
async function tellPledges(client: PoolClient, place: Place, keys: readonly PledgeKey[]): Promise<object[]> {
  const streams = keys.map(({ stream }) => stream);
  const pledges = await loadLedgerPledges(client, place, streams);
  const ledgers: ReadonlyMap<string, Ledger> = ledgersOf(promisesOf(pledges), streams);
  return streams.flatMap((stream) => {
    const [pledge, ledger] = [pledges.get(stream), ledgers.get(stream)];
    return pledge && ledger ? [tellPledge(pledge, ledger)] : [];
  });
}

const noPledge = (slug: string): NotFoundError =>
  new NotFoundError(`no pledge "${slug}" is recorded and known at this place`, {
    code: 'no-pledge',
    mend: 'look at a later place, or find its slug under /v1/pledges',
  });
