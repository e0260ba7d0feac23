import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemIn, sendBytes } from '../../../test/support/raw-http.js';
import { makeHttpAdapter } from './http-adapter.js';
import { SERVES_NOTHING } from './known-methods.js';
import { ProblemFilter } from './problem.filter.js';

@Controller('things')
class ThingsController {
  @Get()
  list(): string {
    return 'all';
  }

  @Post(':name/paint')
  paint(@Param('name') name: string): string {
    return name;
  }

  @Post([':name', ':name/:verb'])
  @RouteConfig(SERVES_NOTHING)
  refuse(): string {
    return 'nothing';
  }
}

@Module({ controllers: [ThingsController], providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
class ThingsModule {}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, await makeHttpAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const request = (line: string, headers: readonly string[] = ['Host: 127.0.0.1']): string =>
  `${[`${line} HTTP/1.1`, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

describe('what no route is asked about is a problem all the same', () => {
  it.each([
    ['a path that is no UTF-8', request('POST /things/%zz/paint'), 400, 'path', 'percent-encoding'],
    ['a path without end', request(`POST /things/${'a'.repeat(1001)}/paint`), 414, 'path', 'path-size'],
    ['headers without end', request('GET /things', [`X: ${'a'.repeat(20_000)}`]), 431, 'headers', 'headers-size'],
    ['a method that nobody has heard of', request('FOO /things'), 400, '', 'http'],
    ['no HTTP at all', 'hello\r\n\r\n', 400, '', 'http'],
    [
      'two lengths',
      request('POST /things/a/paint', ['Host: x', 'Content-Length: 1', 'Content-Length: 2']),
      400,
      '',
      'http',
    ],
    ['an expectation', request('GET /things', ['Host: x', 'Expect: miracles']), 417, 'Expect', 'expect'],
    ['no host', request('GET /things', []), 400, 'Host', 'host'],
  ])('%s', async (_, bytes, status, field, rule) => {
    const answer = await sendBytes(url, bytes);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(problemIn(answer)).toMatchObject({
      status,
      errors: [
        { field, rule, detail: expect.stringMatching(/^[A-Z].*\.$/), mend: expect.stringMatching(/^[A-Z].*\.$/) },
      ],
    });
    expect((await fetch(`${url}/things`)).status).toBe(200);
  });

  it('a name that is long is for the route to judge', async () => {
    const name = 'a'.repeat(1000);
    const response = await fetch(`${url}/things/${name}/paint`, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([201, name]);
  });
});

describe('a path that is served by another method', () => {
  it.each([
    ['PUT', '/things', 'GET, HEAD'],
    ['POST', '/things?a=/things/b/paint', 'GET, HEAD'],
    ['DELETE', '/things/a/paint', 'POST'],
    ['QUERY', '/things/a/paint', 'POST'],
  ])('%s %s is a 405 that allows %s', async (method, path, allow) => {
    const answer = await sendBytes(url, request(`${method} ${path}`));
    expect([answer.status, answer.headers['allow']]).toEqual([405, allow]);
    expect(problemIn(answer)).toMatchObject({
      code: 'method-not-allowed',
      errors: [{ field: 'method', rule: 'method', mend: `Known here: ${allow}.` }],
    });
  });

  it('is none where the route is there to refuse, or there is none', async () => {
    for (const path of ['/things/a', '/things/a/dance', '/things//paint', '/things/a/paint/again'])
      expect((await sendBytes(url, request(`GET ${path}`))).status).toBe(404);
  });
});
