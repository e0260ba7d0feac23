import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, type Config } from './config.js';
import { makeHttpAdapter } from './http-adapter.js';
import { makeLogger } from './logging.js';
import { startFailure } from './start-failure.js';

export interface AppToServe {
  /** Where it listens unless PORT says otherwise. */
  readonly port: number;
  /** @throws ConfigError where a variable is missing that it needs */
  readonly compose: (config: Config, port: number) => DynamicModule;
  /** What is done to the app before it listens. */
  readonly prepare?: (app: NestFastifyApplication, config: Config) => void | Promise<unknown>;
}

/**
 * Runs an app as this process: by the environment, until SIGTERM or SIGINT, and then with code 0. Where it cannot start
 * it says why and ends with another code.
 */
export async function serveApp({ port: ownPort, compose, prepare }: AppToServe): Promise<void> {
  try {
    // The server comes with it, which tools that only take a pool from here have no use for.
    const [{ NestFactory }, adapter] = await Promise.all([import('@nestjs/core'), makeHttpAdapter()]);
    const config = loadConfig(process.env);
    const port = config.port ?? ownPort;
    const app = await NestFactory.create<NestFastifyApplication>(compose(config, port), adapter, {
      logger: makeLogger(config.logLevel),
      abortOnError: false,
    });
    app.enableShutdownHooks([], { useProcessExit: true });
    await prepare?.(app, config);
    await app.listen(port, config.host);
  } catch (error) {
    const { said, exitCode } = startFailure(error);
    console.error(said);
    process.exit(exitCode);
  }
}
