import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONTEXT_NAMES, type ContextName } from '#libs/contracts';
import { makeHttpAdapter, type Problem } from '#libs/platform';
import { ProducerAppModule, serveIntake, type ProducerConfig } from '#libs/producers';

/** What an HTTP request of a test is answered. */
export interface Answered<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A producer process of its own, as far as HTTP and the database can tell. */
export interface TestProducer {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** Sends a value as JSON, or a text or bytes as they are. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** The same, for requests that are to be refused. */
  refused(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered<Problem>>;
  close(): Promise<void>;
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

export async function startProducer(
  journalUrl: string,
  contexts: readonly ContextName[] = CONTEXT_NAMES,
  { host = '127.0.0.1', ...config }: { readonly host?: string } & Omit<ProducerConfig, 'journalUrl'> = {},
): Promise<TestProducer> {
  const module = ProducerAppModule.for(contexts, { journalUrl, ...config });
  const app = await NestFactory.create<NestFastifyApplication>(module, await makeHttpAdapter(), { logger: false });
  await serveIntake(app);
  await app.listen(0, host);
  const url = await app.getUrl();
  const post: TestProducer['post'] = async (path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: isRaw(body) ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text) as Record<string, unknown> };
  };
  return {
    app,
    url,
    post,
    refused: async (...request) => (await post(...request)) as unknown as Answered<Problem>,
    close: () => app.close(),
  };
}
