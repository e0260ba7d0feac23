import { ReceiverServer } from '#libs/broker';
import { serveApp } from '#libs/platform';
import { ProjectorAppModule } from './projector-app.module.js';

await serveApp({
  port: 3007,
  compose: (config) => ProjectorAppModule.forRoot(config),
  prepare: (app) => {
    app.connectMicroservice({ strategy: app.get(ReceiverServer) });
    return app.startAllMicroservices();
  },
});
