import type { Command } from 'commander';
import { withConnection } from '../connection.js';
import { write } from '../print.js';

async function republishJournal(): Promise<void> {
  const { republish } = await import('#libs/broker');
  const topic = await withConnection(async ({ config, journal }) => {
    await republish(journal, config.topic);
    return config.topic;
  });
  write(`the relay sends the journal to ${topic} again, from position 1; repeats change nothing`);
}

export function addRelay(program: Command): void {
  program
    .command('relay')
    .description('the copy of the journal in Kafka')
    .command('republish')
    .description('let the relay send everything again: to heal a topic that has lost records')
    .action(republishJournal);
}
