import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { VIEW_VERSION } from '#libs/chronology';
import { append, feedHead } from '#libs/journal';
import { makePool } from '#libs/platform';
import { digestViews, liveGeneration, rebuild, watermarkOf } from '#libs/projection';
import { startKafka } from '../tools/kafka/local-kafka.js';
import { generatedRequests } from './bench/events.js';
import { spawnApp, type AppProcess } from './broker/app-process.js';
import { World } from './broker/world.js';
import { eventually } from './support/eventually.js';
import { describeWithKafka } from './support/kafka.js';
import { openViews, viewSet } from './support/projection.js';

const EVENTS = process.env['FAULTS'] ? 20_000 : 3_000;
jest.setTimeout(600_000);

describeWithKafka('kill -9 in the middle of a run', () => {
  it(`of relay, projector and broker leaves the digest of a rebuild, and of the journal itself (${EVENTS} events)`, async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'litopys-kill-'));
    const broker = await startKafka({ dir });
    const world = await World.create({ brokers: [broker.brokers] });
    try {
      const running: Record<'relay' | 'projector', AppProcess> = {
        relay: await spawnApp(world, 'relay'),
        projector: await spawnApp(world, 'projector'),
      };
      const killAndStart = async (name: 'relay' | 'projector'): Promise<void> => {
        await running[name].end('SIGKILL');
        running[name] = await spawnApp(world, name);
      };
      const faults = [
        () => killAndStart('relay'),
        () => killAndStart('projector'),
        async () => {
          await broker.kill();
          await broker.restart();
        },
        () => Promise.all([killAndStart('projector'), killAndStart('relay')]),
      ];
      const projected = async (): Promise<number> => {
        const generation = await liveGeneration(world.views, VIEW_VERSION);
        return generation === null ? 0 : watermarkOf(world.views, generation);
      };
      const requests = [...generatedRequests(EVENTS, 9)];
      const share = EVENTS / faults.length;
      for (const [index, fault] of faults.entries()) {
        const before = await projected();
        const appending = (async () => {
          for (let from = index * share; from < (index + 1) * share; from += 250)
            await append(world.journal, requests.slice(from, Math.min(from + 250, (index + 1) * share)));
        })();
        await eventually(projected, (position) => position > before, 60);
        await fault();
        await appending;
      }
      await eventually(projected, (position) => position === EVENTS, 180);
      expect((await feedHead(world.journal, 'journal')).position).toBe(EVENTS);

      const live = (await liveGeneration(world.views, VIEW_VERSION)) ?? 0;
      const { digest } = await digestViews(world.views, live);
      const rebuilt = await rebuild(world.views, viewSet('replica'));
      expect((await digestViews(world.views, rebuilt)).digest).toBe(digest);
      const journal = makePool(world.journalDatabase.url);
      world.onClose(() => journal.end());
      const fromJournal = await openViews(journal, viewSet('journal'));
      expect((await digestViews(journal, fromJournal)).digest).toBe(digest);
    } finally {
      await world.close();
      await broker.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
