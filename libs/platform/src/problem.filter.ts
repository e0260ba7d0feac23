import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { bodyLimit, isBatch, JSON_TYPE } from './bodies.js';
import { LitopysError, toProblem, type Mistake, type Problem } from './errors.js';

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): void;
}

interface Request {
  readonly headers: { readonly 'content-type'?: string };
}

interface FrameworkRefusal {
  readonly code: string;
  readonly title: string;
  /** What is not right, and what to do: the framework's own words say neither. */
  readonly mistake: Omit<Mistake, 'detail'> & { readonly detail?: string };
}

const WHAT_THERE_IS = 'What is served where stands at /docs of the timeline, and at /openapi.json for programs.';

/** What the framework refuses by itself, in our words. */
const FRAMEWORK: Readonly<Record<number, FrameworkRefusal>> = {
  400: {
    code: 'malformed',
    title: 'The request is not valid',
    mistake: { field: '', rule: 'malformed', mend: WHAT_THERE_IS },
  },
  404: { code: 'not-found', title: 'Not found', mistake: { field: 'path', rule: 'path', mend: WHAT_THERE_IS } },
  405: {
    code: 'method-not-allowed',
    title: 'That method is not served here',
    mistake: { field: 'method', rule: 'method', mend: WHAT_THERE_IS },
  },
  413: {
    code: 'too-large',
    title: 'The request is too large',
    mistake: { field: '' },
  },
  415: {
    code: 'unsupported-media-type',
    title: 'That content type is not taken here',
    mistake: { field: 'Content-Type', rule: 'content-type', mend: `Send the body as ${JSON_TYPE}.` },
  },
};

const REFUSED: FrameworkRefusal = {
  code: 'refused',
  title: 'The request was refused',
  mistake: { mend: WHAT_THERE_IS },
};

/** A body is refused from the byte on at which it is too large, so how large it is nobody knows. */
const tooLarge = (contentType: string | undefined): Omit<Mistake, 'field'> => ({
  detail: `The body has more than ${bodyLimit(contentType)} bytes.`,
  ...(isBatch(contentType)
    ? { rule: 'batch-size', mend: 'Send the events in several batches.' }
    : { rule: 'event-size', mend: 'Tell less in one event, or in several.' }),
});

function frameworkProblem(status: number, said: string, contentType: string | undefined): Problem {
  const { code, title, mistake: told } = FRAMEWORK[status] ?? REFUSED;
  const mistake = status === 413 ? { ...told, ...tooLarge(contentType) } : told;
  const detail = mistake.detail ?? (/[.!?]$/.test(said) ? said : `${said}.`);
  const type = `urn:litopys:problem:${code}`;
  return { type, title, status, detail, code, retriable: false, errors: [{ ...mistake, detail }] };
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;

/**
 * Any error as an RFC 9457 problem; of the inside of a 500 nothing is told, it is logged.
 * @param contentType of the request's body
 */
export function problemOf(error: unknown, contentType?: string): Problem {
  const status = statusOf(error);
  if (error instanceof LitopysError || status === undefined || status >= 500) return toProblem(error);
  return frameworkProblem(status, error instanceof Error ? error.message : 'refused', contentType);
}

const RETRY_AFTER_SECONDS = '1';

/** The one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const { headers } = host.switchToHttp().getRequest<Request>();
    const problem = problemOf(error, headers['content-type']);
    if (problem.status >= 500 && !(error instanceof LitopysError)) this.logger.error(error);
    const reply = host.switchToHttp().getResponse<Reply>();
    if (error instanceof LitopysError)
      for (const [name, value] of Object.entries(error.headers)) reply.header(name, value);
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
    reply.status(problem.status).header('content-type', 'application/problem+json').send(problem);
  }
}
