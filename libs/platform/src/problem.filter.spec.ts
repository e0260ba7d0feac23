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
    [415, fromServer(415, 'Unsupported Media Type'), 'Content-Type', 'content-type', /application\/json or /],
  ])('%i names field, rule and mend', (status, error, field, rule, mend) => {
    const problem = problemOf(error);
    expect(problem).toMatchObject({ status, retriable: false });
    expect(problem.errors).toEqual([{ field, rule, detail: problem.detail, mend: expect.stringMatching(mend) }]);
    expect(problem.detail).toMatch(/\.$/);
  });

  it('tells any other refusal with a mend', () => {
    expect(problemOf(fromServer(414, 'too long')).errors[0]?.mend).toMatch(/\/docs/);
  });
});
