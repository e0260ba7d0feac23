import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LitopysError, toProblem, type Problem } from './errors.js';

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): void;
}

/** What the framework refuses by itself, in our words. */
const FRAMEWORK: Readonly<Record<number, { code: string; title: string }>> = {
  400: { code: 'malformed', title: 'The request is not valid' },
  404: { code: 'not-found', title: 'Not found' },
  405: { code: 'method-not-allowed', title: 'That method is not served here' },
  413: { code: 'too-large', title: 'The request is too large' },
  415: { code: 'unsupported-media-type', title: 'That content type is not taken here' },
};

function frameworkProblem(status: number, detail: string): Problem {
  const { code, title } = FRAMEWORK[status] ?? { code: 'refused', title: 'The request was refused' };
  return { type: `urn:litopys:problem:${code}`, title, status, detail, code, retriable: false, errors: [] };
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;

/** Any error as an RFC 9457 problem; of the inside of a 500 nothing is told, it is logged. */
export function problemOf(error: unknown): Problem {
  const status = statusOf(error);
  if (error instanceof LitopysError || status === undefined || status >= 500) return toProblem(error);
  return frameworkProblem(status, error instanceof Error ? error.message : 'refused');
}

const RETRY_AFTER_SECONDS = '1';

/** The one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof LitopysError)) this.logger.error(error);
    const reply = host.switchToHttp().getResponse<Reply>();
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
    reply.status(problem.status).header('content-type', 'application/problem+json').send(problem);
  }
}
