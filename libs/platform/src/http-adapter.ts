import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { refuseOtherMethods } from './known-methods.js';
import { answerUnrouted, SERVER_OPTIONS } from './unrouted.js';

/**
 * The HTTP server of every process of ours: whatever it refuses, and however early, is a problem of RFC 9457. It is loaded
 * here, since tools that only take a pool from this library have no use for it.
 */
export async function makeHttpAdapter(): Promise<FastifyAdapter> {
  const { FastifyAdapter: Adapter } = await import('@nestjs/platform-fastify');
  const adapter = new Adapter(SERVER_OPTIONS);
  const server = adapter.getInstance();
  answerUnrouted(server);
  refuseOtherMethods(server);
  return adapter;
}
