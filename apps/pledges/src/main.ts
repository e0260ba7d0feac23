import { serveApp } from '#libs/platform';
import { ProducerAppModule } from '#libs/producers';
import { serveDocs } from '#libs/timeline';

await serveApp({ port: 3001, compose: (config) => ProducerAppModule.for(['pledges'], config), prepare: serveDocs });
