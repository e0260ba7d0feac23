import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { ConfigError, loadConfig } from '#libs/platform';
import { type Column, printRows, write } from '../print.js';
import { TO_STDERR } from '../warnings.js';

/** A refusal for eyes: it may carry a megabyte that nobody looks at here. */
interface Row {
  readonly at: string | null;
  readonly place: string;
  readonly rule: string | null;
  readonly field: string | null;
  readonly detail: string;
  readonly mend: string | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'sent', text: ({ at }) => at },
  { name: 'partition@offset', text: ({ place }) => place },
  { name: 'rule', text: ({ rule }) => rule },
  { name: 'field', text: ({ field }) => field, width: 30 },
  { name: 'detail', text: ({ detail }) => detail },
  { name: 'mend', text: ({ mend }) => mend },
];

interface Options {
  readonly follow?: true;
  readonly json?: true;
}

const LOOK_MS = 1_000;

async function listRejected({ follow, json }: Options): Promise<void> {
  const { makeKafka, readRefusals } = await import('#libs/broker');
  const { kafka: access, rejectedTopic: topic } = loadConfig(process.env);
  if (access.brokers.length === 0) throw new ConfigError(['KAFKA_BROKERS: the broker that has the topic is needed']);
  const kafka = makeKafka({ ...access, clientId: 'litopys-cli', logger: TO_STDERR });
  const seen = new Set<string>();
  let after: Awaited<ReturnType<typeof readRefusals>> | undefined;
  do {
    const rows: Row[] = [];
    after = await readRefusals({ kafka, topic, after }, ({ id, rule, field, detail, mend, original }, text) => {
      if (seen.has(id)) return;
      seen.add(id);
      const { partition, offset, timestamp } = original;
      if (json) write(text);
      else rows.push({ at: timestamp, place: `${partition}@${offset}`, rule, field, detail, mend });
    });
    if (rows.length > 0) printRows('table', { columns: COLUMNS, rows: rows.sort(byTime) });
    if (follow) await wait(LOOK_MS);
  } while (follow);
  if (!json) write(`${seen.size} refused`);
}

const byTime = (a: Row, b: Row): number => (a.at ?? '').localeCompare(b.at ?? '');

export function addRejected(program: Command): void {
  program
    .command('rejected')
    .description('what the intake by topic has refused, each once')
    .option('--follow', 'go on, and show what is refused from now on')
    .option('--json', 'whole refusals with their records, one a line')
    .action(listRejected);
}
