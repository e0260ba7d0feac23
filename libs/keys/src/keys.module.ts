import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { APP_GUARD, HttpAdapterHost } from '@nestjs/core';
import type { Pool } from 'pg';
import { guardWrites, type HookedServer, type WriteRules, type WriteWithoutKey } from './http/guard-writes.js';
import { ScopeGuard } from './http/needs-scope.js';
import { KeyRing } from './key-ring.js';

export interface KeysOptions {
  /** Connections to the journal's database, where the keys stand. */
  readonly pool: Pool;
  readonly writeWithoutKey?: WriteWithoutKey;
  /** Requests that write, a minute and key; 0: as many as come. */
  readonly rateLimit?: number;
  /** The clock, ISO UTC. */
  readonly now?: () => string;
}

const WRITE_RULES = Symbol('write rules');

/** Nothing of a process that imports it writes without a known caller, or beyond the caller's scopes. */
@Module({})
export class KeysModule implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
    @Inject(WRITE_RULES) private readonly rules: WriteRules,
  ) {}

  onModuleInit(): void {
    guardWrites(this.http.httpAdapter.getInstance<HookedServer>(), this.rules);
  }

  static forRoot({
    pool,
    writeWithoutKey = 'loopback',
    rateLimit = 0,
    now = () => new Date().toISOString(),
  }: KeysOptions): DynamicModule {
    const rules: WriteRules = { ring: new KeyRing(pool, now), writeWithoutKey, rateLimit };
    return {
      module: KeysModule,
      providers: [
        { provide: WRITE_RULES, useValue: rules },
        { provide: APP_GUARD, useClass: ScopeGuard },
      ],
    };
  }
}
