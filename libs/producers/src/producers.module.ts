import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ContextName } from '#libs/contracts';
import { KeysModule } from '#libs/keys';
import { checkBodyTypes, type HookedServer } from './http/body-types.js';
import { contextControllers } from './http/context-controllers.js';
import { IncomingEventsController } from './http/events.controller.js';
import { takeRawBodies, type BodyParsers } from './http/raw-body.js';
import { PRODUCER_OPTIONS, type ProducerOptions } from './producer-options.js';

/** The producers' routes: those of the contexts that a process serves, and `/v1/events` for events of any. */
@Module({})
export class ProducersModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly http: HttpAdapterHost) {}

  /** JSON bodies of the whole process are left unparsed from here on: the producers read them strictly. */
  onModuleInit(): void {
    const server = this.http.httpAdapter.getInstance<BodyParsers & HookedServer>();
    takeRawBodies(server);
    checkBodyTypes(server);
  }

  static for(contexts: readonly ContextName[], options: ProducerOptions): DynamicModule {
    return {
      module: ProducersModule,
      imports: [KeysModule.forRoot(options)],
      controllers: [...contexts.flatMap(contextControllers), IncomingEventsController],
      providers: [{ provide: PRODUCER_OPTIONS, useValue: options }],
    };
  }
}
