import type { Run } from '#libs/setup';
import { startApp, type AppProcess } from './app-process.js';
import type { Servers } from './servers.js';

/** The processes of the set; the port of each is this far from the timeline's. */
const APPS = {
  timeline: 0,
  projector: 7,
  relay: 6,
  measures: 5,
  engagements: 4,
  statements: 3,
  agreements: 2,
  pledges: 1,
} as const;

export type AppName = keyof typeof APPS;

const TIMELINE_PORT = 3000;

/** More than one lane is what the distributed way is for. */
export const LANES = process.env['LANES'] || '2';

const environmentOf = ({ databases, brokers }: Servers): Record<string, string> => ({
  JOURNAL_URL: databases.journalUrl,
  VIEWS_URL: databases.viewsUrl,
  KAFKA_BROKERS: brokers,
  // Read by us: a URL beside the file that holds it is a mistake.
  JOURNAL_URL_FILE: '',
  VIEWS_URL_FILE: '',
  LANES,
  // At info the framework tells every route of every app.
  LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
});

/** Starts every app as a process of its own; ended in the opposite order, the producers first. */
export function startApps({ config, running, giveUp }: Run, servers: Servers): Record<AppName, AppProcess> {
  const env = environmentOf(servers);
  const onDeath = (name: string, how: string): void => giveUp(`${name} has ended ${how}; the others are stopped`);
  const apps = Object.entries(APPS).map(([name, offset]) => {
    const app = startApp({ name, host: config.host, port: (config.port ?? TIMELINE_PORT) + offset, env, onDeath });
    running.started(() => app.stop());
    return [name, app] as const;
  });
  return Object.fromEntries(apps) as Record<AppName, AppProcess>;
}
