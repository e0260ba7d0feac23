import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReceiverServer } from '#libs/broker';
import { ConfigError, loadConfig } from '#libs/platform';
import { ProjectorAppModule } from './projector-app.module.js';

const PORT = 3007;

try {
  const config = loadConfig(process.env);
  const app = await NestFactory.create<NestFastifyApplication>(
    ProjectorAppModule.forRoot(config),
    new FastifyAdapter(),
  );
  app.connectMicroservice({ strategy: app.get(ReceiverServer) });
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.startAllMicroservices();
  await app.listen(config.port ?? PORT, config.host);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(2);
}
