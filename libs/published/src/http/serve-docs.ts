import type { INestApplication } from '@nestjs/common';
import { NotFoundError } from '#libs/platform';
import { DEFAULT_TOPICS, describeTopics, type Topics } from '../asyncapi/describe-topics.js';
import { describeApi } from '../openapi/describe-api.js';
import { docsPage } from '../openapi/docs-page.js';
import { schemaFiles, type ServedFile } from './schema-files.js';

interface Request {
  readonly url: string;
}

interface Reply {
  header(name: string, value: string): Reply;
  send(body: string): unknown;
}

/** What is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** @throws NotFoundError */
function fileAt(files: ReadonlyMap<string, ServedFile>, path: string): ServedFile {
  const file = files.get(path);
  if (file) return file;
  throw new NotFoundError(`There is no schema at ${path.slice(0, 200)}.`, {
    field: 'path',
    rule: 'path',
    mend: 'GET /schemas/ lists them all.',
  });
}

/**
 * Serves what the app says of itself: `/openapi.json` and `/docs`, made of every route that it is composed of,
 * `/asyncapi.json` of the topics, and the schemas of the language under `/schemas/`. Call it before the app listens.
 */
export function serveDocs(app: INestApplication, topics: Topics = DEFAULT_TOPICS): void {
  const api = once(() => describeApi(app));
  const files = once(schemaFiles);
  const json = (text: string): ServedFile => ({ contentType: 'application/json; charset=utf-8', text });
  const serve = (path: string, find: (path: string) => ServedFile): void => {
    app.getHttpAdapter().get(path, ({ url }: Request, reply: Reply) => {
      const { contentType, text } = find(url.split('?')[0] ?? '');
      reply.header('content-type', contentType).header('cache-control', 'no-cache').send(text);
    });
  };
  serve(
    '/openapi.json',
    once(() => json(JSON.stringify(api()))),
  );
  serve(
    '/asyncapi.json',
    once(() => json(JSON.stringify(describeTopics(topics)))),
  );
  serve(
    '/docs',
    once(() => ({ contentType: 'text/html; charset=utf-8', text: docsPage(api()) })),
  );
  for (const path of ['/schemas', '/schemas/*']) serve(path, (asked) => fileAt(files(), asked));
}
