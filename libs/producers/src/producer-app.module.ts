import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { ContextName } from '#libs/contracts';
import { ConfigError, HealthModule, makePool, PoolLife, ProblemFilter, type Config } from '#libs/platform';
import { journalCheck } from './journal-check.js';
import { ProducersModule } from './producers.module.js';

/** A process that produces the events of some contexts, and of nothing else. */
@Module({})
export class ProducerAppModule {
  /** @throws ConfigError where the database of the journal is not named */
  static for(contexts: readonly ContextName[], { journalUrl }: Pick<Config, 'journalUrl'>): DynamicModule {
    if (journalUrl === undefined)
      throw new ConfigError(['JOURNAL_URL: a producer needs the database of the journal (or DATABASE_URL)']);
    const pool = makePool(journalUrl, { role: 'litopys_app', name: `litopys ${contexts.join(' ')}` });
    return {
      module: ProducerAppModule,
      imports: [ProducersModule.for(contexts, { pool }), HealthModule.forRoot([journalCheck(pool)])],
      providers: [
        { provide: PoolLife, useValue: new PoolLife(pool) },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
