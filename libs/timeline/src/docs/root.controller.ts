import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

/** Says what to open next. */
@ApiExcludeController()
@Controller()
export class RootController {
  @Get()
  root(): object {
    return {
      name: 'Litopys',
      what: 'A chronology of what happens between Canada and Ukraine, every entry with its sources.',
      open_next: {
        docs: '/docs',
        chronology: '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24',
        pledge: '/v1/pledges/2025-g7-military-package',
        coverage: '/v1/about',
        description_for_programs: '/openapi.json',
        topics_of_kafka: '/asyncapi.json',
        schemas: '/schemas/',
      },
    };
  }
}
