import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, loadConfig } from '#libs/platform';
import { serveDocs } from '#libs/timeline';
import { TimelineAppModule } from './timeline-app.module.js';

const PORT = 3000;

try {
  const config = loadConfig(process.env);
  const port = config.port ?? PORT;
  const module = TimelineAppModule.forRoot(config, port);
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter());
  serveDocs(app);
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.listen(port, config.host);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(2);
}
