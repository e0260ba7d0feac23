import { startKafka } from '../../tools/kafka/local-kafka.js';

/** A process that starts a broker on the folder it is given, says so in a line, and waits to be killed. */
const { brokers, pid } = await startKafka({ dir: process.argv[2] ?? '' });
process.stdout.write(`${JSON.stringify({ brokers, pid })}\n`);
setInterval(() => undefined, 60_000);
