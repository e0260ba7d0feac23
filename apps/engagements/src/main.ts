import { serveApp } from '#libs/platform';
import { ProducerAppModule, serveIntake } from '#libs/producers';
import { serveDocs } from '#libs/published';

await serveApp({
  port: 3004,
  compose: (config) => ProducerAppModule.for(['engagements'], config),
  prepare: async (app, config) => {
    serveDocs(app, config);
    await serveIntake(app);
  },
});
