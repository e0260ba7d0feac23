import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Pool } from 'pg';
import { type ArrivedBatch, intakeCheck, IntakeServer, type Refused } from '#libs/broker';
import type { ContextName } from '#libs/contracts';
import { ConfigError, HealthModule, makePool, PoolLife, ProblemFilter, type Config } from '#libs/platform';
import { INTAKE } from './intake/serve-intake.js';
import { takeBatch } from './intake/take-batch.js';
import { journalCheck } from './journal-check.js';
import type { ProducerOptions } from './producer-options.js';
import { ProducersModule } from './producers.module.js';

/** What of the configuration a producer needs; without brokers there is no intake. */
export type ProducerConfig = Pick<Config, 'journalUrl'> &
  Partial<Pick<Config, 'kafka' | 'intakeTopic' | 'rejectedTopic' | 'writeWithoutKey' | 'rateLimit'>> &
  Pick<ProducerOptions, 'now'>;

/** The intake, where there are brokers: events of any context, whatever routes the process has. */
function makeIntake(pool: Pool, { kafka, intakeTopic, rejectedTopic }: ProducerConfig): IntakeServer | null {
  if (!kafka?.brokers.length || intakeTopic === undefined || rejectedTopic === undefined) return null;
  const decide = (batch: ArrivedBatch): Promise<Refused[]> => takeBatch(batch, { pool });
  return new IntakeServer({ ...kafka, topic: intakeTopic, rejectedTopic, decide });
}

/** A process that produces the events of some contexts, and of nothing else. */
@Module({})
export class ProducerAppModule {
  /** @throws ConfigError where the database of the journal is not named */
  static for(contexts: readonly ContextName[], config: ProducerConfig): DynamicModule {
    const { journalUrl, writeWithoutKey, rateLimit, now } = config;
    if (journalUrl === undefined)
      throw new ConfigError(['JOURNAL_URL: a producer needs the database of the journal (or DATABASE_URL)']);
    const pool = makePool(journalUrl, { role: 'litopys_app', name: `litopys ${contexts.join(' ')}` });
    const intake = makeIntake(pool, config);
    return {
      module: ProducerAppModule,
      imports: [
        ProducersModule.for(contexts, { pool, writeWithoutKey, rateLimit, now }),
        HealthModule.forRoot([journalCheck(pool), ...(intake ? [intakeCheck(intake)] : [])]),
      ],
      providers: [
        { provide: INTAKE, useValue: intake },
        { provide: PoolLife, useValue: new PoolLife(pool) },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
