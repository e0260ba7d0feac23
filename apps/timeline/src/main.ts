import { serveApp } from '#libs/platform';
import { serveDocs } from '#libs/published';
import { TimelineAppModule } from './timeline-app.module.js';

await serveApp({ port: 3000, compose: (config, port) => TimelineAppModule.forRoot(config, port), prepare: serveDocs });
