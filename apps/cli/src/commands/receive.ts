import type { Command } from 'commander';
import { ConfigError } from '#libs/platform';
import { withConnection } from '../connection.js';
import { write } from '../print.js';
import { showProgress } from '../progress.js';
import { TO_STDERR } from '../warnings.js';

async function receiveAgain(): Promise<void> {
  const { makeKafka, Receiver, receiveFromStart } = await import('#libs/broker');
  const progress = showProgress('receive');
  const read = await withConnection(async ({ config: { kafka: access, topic }, views }) => {
    if (access.brokers.length === 0) throw new ConfigError(['KAFKA_BROKERS: the broker that has the topic is needed']);
    const kafka = makeKafka({ ...access, clientId: 'litopys-cli', logger: TO_STDERR });
    const receiver = new Receiver({ pool: views, logger: TO_STDERR });
    return await receiveFromStart({ kafka, topic, receiver, onProgress: (done, of) => progress.to(done, of) });
  }).finally(() => progress.end());
  write(`${read} records of the topic read into the replica`);
}

export function addReceive(program: Command): void {
  program
    .command('receive')
    .description('read the topic anew into the replica: to close a gap, or to fill an empty one; harmless at any time')
    .requiredOption('--from-start', 'from the beginning of the topic to where it ends now')
    .action(receiveAgain);
}
