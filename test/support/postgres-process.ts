import { startEmbeddedPostgres } from '#libs/platform';

/** A process that starts the embedded PostgreSQL on the folder it is given, says so in a line, and waits to be killed. */
const { url, pid } = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
setInterval(() => undefined, 60_000);
