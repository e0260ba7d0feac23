import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONTEXT_NAMES } from '#libs/contracts';
import { makeHttpAdapter, makePool, toProblem, type Problem } from '#libs/platform';
import { parseText, produce, produceAll, ProducerAppModule, type Produced } from '#libs/producers';

/** What is asked of the process beside HTTP: to take an event, or a batch, as the functions of the library do. */
export interface Call {
  readonly number: number;
  /** One event, or an array of them, as JSON. */
  readonly text: string;
}

/** What became of a call; of a batch what became of each event. */
export interface Called {
  readonly number: number;
  readonly produced?: readonly Produced[];
  readonly problem?: Problem;
}

/** A producer of every context on a port of its own, in a process of its own: what hangs or dies there is seen from here. */
const journalUrl = process.argv[2] ?? '';
const module = ProducerAppModule.for(CONTEXT_NAMES, { journalUrl, rateLimit: 0 });
const app = await NestFactory.create<NestFastifyApplication>(module, await makeHttpAdapter(), { logger: ['error'] });
await app.listen(0, '127.0.0.1');

const pool = makePool(journalUrl, { role: 'litopys_app', name: 'called' });
const told = (): { actor: string; now: string } => ({ actor: 'urn:litopys:called', now: new Date().toISOString() });

async function answer(text: string): Promise<Omit<Called, 'number'>> {
  try {
    const value = parseText(text);
    const produced = Array.isArray(value)
      ? await produceAll(pool, value, told())
      : [await produce(pool, value, told())];
    return { produced };
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

process.on('message', ({ number, text }: Call) => {
  void answer(text).then((said) => process.send?.({ number, ...said } satisfies Called));
});
process.on('disconnect', () => process.exit(0));
process.send?.(await app.getUrl());
