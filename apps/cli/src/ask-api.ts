import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NotFoundError, ProblemFilter, TransientError, ValidationError, type Problem } from '#libs/platform';
import type { ViewSource } from '#libs/projection';

/** Parameters of the API; what is left out is not sent. */
export type Parameters = Readonly<Record<string, string | undefined>>;

function errorOf({ status, detail, code, errors }: Problem): Error {
  const details = { code, errors };
  if (status === 404) return new NotFoundError(detail, details);
  if (status === 503) return new TransientError(detail, details);
  return new ValidationError(detail, details);
}

function pathOf(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).filter((one): one is [string, string] => one[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

/** The API inside this process; loaded here, because it is most of what a command takes to start. */
async function makeApi(source: ViewSource): Promise<NestFastifyApplication> {
  const [{ NestFactory }, { FastifyAdapter }, { TimelineModule }] = await Promise.all([
    import('@nestjs/core'),
    import('@nestjs/platform-fastify'),
    import('#libs/timeline'),
  ]);
  const module = TimelineModule.forRoot({ source });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter());
  return app.init();
}

/**
 * Asks the timeline API inside this process: no server runs, and the answer is the one that a server would give.
 * @throws ValidationError, NotFoundError or TransientError for what the API refuses
 */
export async function askApi(source: ViewSource, path: string, parameters: Parameters): Promise<string> {
  const app = await makeApi(source);
  try {
    const { statusCode, body } = await app.inject({ method: 'GET', url: pathOf(path, parameters) });
    if (statusCode >= 500 && statusCode !== 503) throw new Error(`the API failed on ${path}: ${body}`);
    if (statusCode >= 400) throw errorOf(JSON.parse(body) as Problem);
    return body;
  } finally {
    await app.close();
  }
}
