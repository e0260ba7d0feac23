import { serveApp } from '#libs/platform';
import { ProducerAppModule, serveIntake } from '#libs/producers';
import { serveDocs } from '#libs/published';

await serveApp({
  port: 3003,
  compose: (config) => ProducerAppModule.for(['statements'], config),
  prepare: async (app, config) => {
    serveDocs(app, config);
    await serveIntake(app);
  },
});
