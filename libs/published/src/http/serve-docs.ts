import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../openapi/describe-api.js';
import { docsPage } from '../openapi/docs-page.js';

interface Reply {
  header(name: string, value: string): Reply;
  send(body: string): unknown;
}

/**
 * Serves `/openapi.json` and `/docs`, made of every route that the app is composed of. Call it before the app listens;
 * the description is made when it is first asked for.
 */
export function serveDocs(app: INestApplication): void {
  let described: OpenAPIObject | undefined;
  const document = (): OpenAPIObject => (described ??= describeApi(app));
  const serve = (path: string, contentType: string, write: () => string): void => {
    app.getHttpAdapter().get(path, (_request: unknown, reply: Reply) => {
      reply.header('content-type', contentType).header('cache-control', 'no-cache').send(write());
    });
  };
  serve('/openapi.json', 'application/json; charset=utf-8', () => JSON.stringify(document()));
  serve('/docs', 'text/html; charset=utf-8', () => docsPage(document()));
}
