import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { VIEW_VERSION } from '#libs/chronology';
import { type Config, ConfigError, HealthModule, makePool, PoolLife, ProblemFilter } from '#libs/platform';
import { viewsCheck } from '#libs/projection';
import { publicUrlOf, TimelineModule } from '#libs/timeline';

/** The process that answers from the views beside the replica. */
@Module({})
export class TimelineAppModule {
  /** @throws ConfigError where the database of the views is not named */
  static forRoot(config: Config, port: number): DynamicModule {
    if (config.viewsUrl === undefined)
      throw new ConfigError(['VIEWS_URL: the timeline needs the database of the views (or DATABASE_URL)']);
    const pool = makePool(config.viewsUrl, { name: 'litopys timeline' });
    const source = { pool, feed: 'replica', viewVersion: VIEW_VERSION } as const;
    return {
      module: TimelineAppModule,
      imports: [
        TimelineModule.forRoot({ source, publicUrl: publicUrlOf(config.host, port) }),
        HealthModule.forRoot([viewsCheck(source)]),
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: PoolLife, useValue: new PoolLife(pool) },
      ],
    };
  }
}
