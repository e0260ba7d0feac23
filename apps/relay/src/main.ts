import { serveApp } from '#libs/platform';
import { RelayAppModule } from './relay-app.module.js';

await serveApp({ port: 3006, compose: (config) => RelayAppModule.forRoot(config) });
