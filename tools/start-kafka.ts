import { feedHead } from '#libs/journal';
import { makePool } from '#libs/platform';
import { produce } from '#libs/producers';
import { HISTORY_ACTOR, loadHistory, migrate, runUntilStopped, type Run } from '#libs/setup';
import { LANES, startApps, type AppName } from './distributed/apps.js';
import type { AppProcess } from './distributed/app-process.js';
import { rebuildOutdated } from './distributed/rebuild-views.js';
import { openServers } from './distributed/servers.js';

type Apps = Record<AppName, AppProcess>;

/** By the deciders' library, as any producer does: over HTTP it would need a key wherever HOST is not loopback. */
async function loadMissingHistory(
  journalUrl: string,
  signal: AbortSignal,
): Promise<{ sent: number; position: number }> {
  const journal = makePool(journalUrl, { role: 'litopys_app', name: 'litopys history', max: 2 });
  try {
    const { sent } = await loadHistory(journal, (event) => {
      signal.throwIfAborted();
      return produce(journal, event, { actor: HISTORY_ACTOR, now: new Date().toISOString() });
    });
    return { sent, position: (await feedHead(journal, 'journal')).position };
  } finally {
    await journal.end();
  }
}

function whatToOpen(
  { timeline, pledges, agreements, statements, engagements, measures }: Apps,
  seconds: number,
): string {
  const producers = [pledges, agreements, statements, engagements, measures].map(({ name, url }) => `${url} (${name})`);
  return `
Litopys is ready after ${seconds.toFixed(1)} s

  ${timeline.url}/docs
  ${timeline.url}/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24
  ${timeline.url}/v1/pledges/2025-g7-military-package

Producers: ${producers.join(', ')}
Ctrl-C stops it all.`;
}

/** Every app a process of its own, over a real PostgreSQL and a real Kafka, on one machine. */
async function startDistributed(run: Run): Promise<string> {
  const servers = await openServers(run);
  await migrate(servers.databases);
  await rebuildOutdated(servers.databases.viewsUrl, Number(LANES));
  run.signal.throwIfAborted();
  const apps = startApps(run, servers);
  await Promise.all(Object.values(apps).map((app) => app.untilReady(run.signal)));
  const { sent, position } = await loadMissingHistory(servers.databases.journalUrl, run.signal);
  // Answered when the last event has gone the whole way.
  await fetch(`${apps.timeline.url}/v1/about?min_position=${position}`, { signal: run.signal });
  console.log(`${position} events, ${sent} of them of the history loaded now; Kafka at ${servers.brokers}`);
  return whatToOpen(apps, performance.now() / 1000);
}

await runUntilStopped(startDistributed);
