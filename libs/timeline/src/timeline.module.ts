import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AboutController } from './about/about.controller.js';
import { AnswerInterceptor } from './answer/answer.interceptor.js';
import { EntriesController } from './entries/entries.controller.js';
import { EventsController } from './events/events.controller.js';
import { PledgesController } from './pledges/pledges.controller.js';
import { RootController } from './docs/root.controller.js';
import { TIMELINE_OPTIONS, type TimelineOptions } from './timeline-options.js';

/** The timeline API: every answer at a place on two axes, citable. */
@Module({})
export class TimelineModule {
  static forRoot(options: TimelineOptions): DynamicModule {
    return {
      module: TimelineModule,
      controllers: [RootController, EntriesController, PledgesController, EventsController, AboutController],
      providers: [
        { provide: TIMELINE_OPTIONS, useValue: options },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
      ],
    };
  }
}
