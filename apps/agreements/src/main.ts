import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, loadConfig } from '#libs/platform';
import { ProducerAppModule } from '#libs/producers';
import { serveDocs } from '#libs/timeline';

const PORT = 3002;

try {
  const config = loadConfig(process.env);
  const module = ProducerAppModule.for(['agreements'], config);
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter());
  serveDocs(app);
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.listen(config.port ?? PORT, config.host);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(2);
}
