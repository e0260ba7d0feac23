import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { guardWrites, type HookedServer } from './http/guard-writes.js';

/** Nothing of a process that imports it writes without a known caller. */
@Module({})
export class KeysModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly http: HttpAdapterHost) {}

  onModuleInit(): void {
    guardWrites(this.http.httpAdapter.getInstance<HookedServer>());
  }

  static forRoot(): DynamicModule {
    return { module: KeysModule };
  }
}
