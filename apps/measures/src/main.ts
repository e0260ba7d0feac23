import { serveApp } from '#libs/platform';
import { ProducerAppModule } from '#libs/producers';
import { serveDocs } from '#libs/timeline';

await serveApp({ port: 3005, compose: (config) => ProducerAppModule.for(['measures'], config), prepare: serveDocs });
