import { EachBatchServer, makeKafka, Receiver } from '#libs/broker';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { makePool } from '#libs/platform';
import { liveGeneration, Projector, watermarkOf } from '#libs/projection';
import type { Contender } from './contender.js';

const silent = { log: () => undefined, warn: () => undefined, error: (text: string) => console.error(text) };
const LOOK_MS = 20;

/** What the projector's process does: receiver, replica and loops, chain checked. */
export const intoViews =
  (lanes: number): Contender =>
  async ({ brokers, topic, groupId, databaseUrl, events }) => {
    const pool = makePool(databaseUrl);
    const set = { views: VIEWS, viewVersion: VIEW_VERSION, feed: 'replica', lanes } as const;
    const projector = new Projector(pool, set, (error) => console.error(error));
    await projector.start({ rebuildMissing: true });
    const generation = (await liveGeneration(pool, VIEW_VERSION)) ?? 1;
    const receiver = new Receiver({ pool, logger: silent, onHead: () => projector.wake() });
    let began: number | undefined;
    const server = new EachBatchServer({
      kafka: makeKafka({ brokers: [brokers], clientId: 'bench', logger: silent }),
      topic,
      groupId,
      handle: (batch) => {
        began ??= performance.now();
        return receiver.take(batch);
      },
    });
    server.listen(() => undefined);
    while ((await watermarkOf(pool, generation)) < events) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const milliseconds = performance.now() - (began ?? 0);
    await server.close();
    await projector.stop();
    await pool.end();
    return milliseconds;
  };
