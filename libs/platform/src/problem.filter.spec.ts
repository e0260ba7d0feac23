import { BadRequestException, MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { problemOf } from './problem.filter.js';

const fromServer = (statusCode: number, message: string): Error => Object.assign(new Error(message), { statusCode });

describe('what the framework refuses by itself', () => {
  it.each([
    [400, new BadRequestException('bad'), '', 'malformed', /\/docs/],
    [404, new NotFoundException('Cannot GET /v2'), 'path', 'path', /\/docs/],
    [405, new MethodNotAllowedException('no'), 'method', 'method', /\/docs/],
    [413, fromServer(413, 'Request body is too large'), '', 'event-size', /less in one event/],
    [415, fromServer(415, 'Unsupported Media Type'), 'Content-Type', 'content-type', /application\/json/],
  ])('%i names field, rule and mend', (status, error, field, rule, mend) => {
    const problem = problemOf(error);
    expect(problem).toMatchObject({ status, retriable: false });
    expect(problem.errors).toEqual([{ field, rule, detail: problem.detail, mend: expect.stringMatching(mend) }]);
    expect(problem.detail).toMatch(/\.$/);
  });

  it('tells how large a body may be, by what it holds', () => {
    const refused = fromServer(413, 'Request body is too large');
    expect(problemOf(refused, 'application/json').errors[0]?.detail).toBe('The body has more than 262144 bytes.');
    expect(problemOf(refused, 'application/cloudevents-batch+json; charset=utf-8').errors[0]).toMatchObject({
      rule: 'batch-size',
      detail: 'The body has more than 4194304 bytes.',
    });
  });

  it('tells any other refusal with a mend', () => {
    expect(problemOf(fromServer(414, 'too long')).errors[0]?.mend).toMatch(/\/docs/);
  });
});
