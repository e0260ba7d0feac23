import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, loadConfig } from '#libs/platform';
import { RelayAppModule } from './relay-app.module.js';

const PORT = 3006;

try {
  const config = loadConfig(process.env);
  const app = await NestFactory.create<NestFastifyApplication>(RelayAppModule.forRoot(config), new FastifyAdapter());
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.listen(config.port ?? PORT, config.host);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(2);
}
