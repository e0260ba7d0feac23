import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { HttpReply, HttpRequest } from '../http.js';
import { Answer } from './answer.js';

/** Whether the client holds this very text already. Source: RFC 9110, section 13.1.2 (weak comparison, lists, `*`). */
export function isHeld(ifNoneMatch: string | string[] | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const held = String(ifNoneMatch)
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  return held.includes('*') || held.includes(etag);
}

/** Sends answers with their validator, and nothing but that to who holds them already; always to be asked for again. */
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<HttpRequest>(), http.getResponse<HttpReply>()];
    return next.handle().pipe(map((value: unknown) => (value instanceof Answer ? send(request, reply, value) : value)));
  }
}

function send(request: HttpRequest, reply: HttpReply, answer: Answer): string {
  reply.header('etag', answer.etag).header('cache-control', 'no-cache').type(answer.contentType);
  for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
  if (!isHeld(request.headers['if-none-match'], answer.etag)) return answer.text;
  reply.code(304);
  return '';
}
