import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Writes to standard output as fast as that is read. */
async function writeOut(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) if (!process.stdout.write(part)) await once(process.stdout, 'drain');
}

/**
 * Writes texts to a file, packed where its name ends in .gz, or to standard output for `-`. The file is there when it is
 * whole, and not before: what fails leaves none, and an older one of that name stays as it was.
 */
export async function writeWhole(file: string, parts: AsyncIterable<string>): Promise<void> {
  if (file === '-') return writeOut(parts);
  const draft = `${file}.part`;
  try {
    const source = Readable.from(parts);
    const target = createWriteStream(draft);
    await (file.endsWith('.gz') ? pipeline(source, createGzip(), target) : pipeline(source, target));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
