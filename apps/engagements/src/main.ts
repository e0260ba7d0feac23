import { serveApp } from '#libs/platform';
import { ProducerAppModule } from '#libs/producers';
import { serveDocs } from '#libs/timeline';

await serveApp({ port: 3004, compose: (config) => ProducerAppModule.for(['engagements'], config), prepare: serveDocs });
