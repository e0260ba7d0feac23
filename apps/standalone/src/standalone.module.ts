import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Pool } from 'pg';
import { VIEW_VERSION } from '#libs/chronology';
import { CONTEXT_NAMES } from '#libs/contracts';
import { type Config, HealthModule, ProblemFilter } from '#libs/platform';
import { journalCheck, ProducersModule } from '#libs/producers';
import { type Projector, projectorCheck, viewsCheck } from '#libs/projection';
import { TimelineModule } from '#libs/timeline';

export interface StandaloneParts {
  readonly journal: Pool;
  readonly views: Pool;
  readonly projector: Projector;
  readonly publicUrl: string | undefined;
  readonly config: Pick<Config, 'writeWithoutKey' | 'rateLimit'>;
}

/** Every producer and the timeline in one process; the projector reads the journal itself. */
@Module({})
export class StandaloneModule {
  static forRoot({ journal, views, projector, publicUrl, config }: StandaloneParts): DynamicModule {
    const source = { pool: views, feed: 'journal', viewVersion: VIEW_VERSION } as const;
    return {
      module: StandaloneModule,
      imports: [
        ProducersModule.for(CONTEXT_NAMES, { ...config, pool: journal }),
        TimelineModule.forRoot({ source, publicUrl }),
        HealthModule.forRoot([journalCheck(journal), viewsCheck(source), projectorCheck(() => projector.status())]),
      ],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}
