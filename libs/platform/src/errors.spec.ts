import { describe, expect, it } from '@jest/globals';
import {
  ConcurrencyError,
  ConflictError,
  NotFoundError,
  toProblem,
  TransientError,
  ValidationError,
} from './errors.js';

describe('toProblem', () => {
  it('tells which field breaks which rule, and the mend', () => {
    const error = new ValidationError('The currency XYZ is not in ISO 4217.', {
      field: '/lines/0/money/currency',
      rule: 'currency',
      mend: 'Use an ISO 4217 code, such as CAD.',
    });
    expect(toProblem(error)).toEqual({
      type: 'urn:litopys:problem:validation',
      title: 'The request is not valid',
      status: 400,
      detail: 'The currency XYZ is not in ISO 4217.',
      code: 'validation',
      retriable: false,
      errors: [
        {
          field: '/lines/0/money/currency',
          rule: 'currency',
          detail: 'The currency XYZ is not in ISO 4217.',
          mend: 'Use an ISO 4217 code, such as CAD.',
        },
      ],
    });
  });

  it('keeps every mistake of one input', () => {
    const errors = [
      { field: '/a', detail: 'no a' },
      { field: '/b', detail: 'no b' },
    ];
    expect(toProblem(new ValidationError('Two mistakes.', { errors })).errors).toEqual(errors);
  });

  it('tells no more mistakes than anybody reads, and counts the rest', () => {
    const errors = Array.from({ length: 60 }, (_, index) => ({ field: `/${index}`, detail: 'no' }));
    const problem = toProblem(new ValidationError('Many mistakes.', { errors, more: 7 }));
    expect([problem.errors, problem.more]).toEqual([errors.slice(0, 50), 17]);
    expect(toProblem(new ValidationError('Few mistakes.', { errors: errors.slice(0, 50) }))).not.toHaveProperty('more');
  });

  it.each([
    [new ConcurrencyError('x'), 412, true],
    [new ConflictError('x'), 409, false],
    [new NotFoundError('x'), 404, false],
    [new TransientError('x'), 503, true],
  ])('gives %p the status %i', (error, status, retriable) => {
    expect(toProblem(error)).toMatchObject({ status, retriable, errors: [] });
  });

  it('leaks nothing of an error that is not ours', () => {
    const problem = toProblem(new Error('password=hunter2 at /srv/secret.ts'));
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|secret/);
  });
});
