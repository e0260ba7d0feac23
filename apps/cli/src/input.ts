import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { IntegrityError, ValidationError } from '#libs/platform';

/** What a command reads: a file, or standard input. */
export interface Input {
  /** Its bytes, unpacked where they are packed by gzip. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Bytes of the file; null of standard input. */
  readonly size: number | null;
  /** How many of them were read so far. */
  readonly done: () => number;
}

const isGzip = (chunk: Buffer): boolean => chunk[0] === 0x1f && chunk[1] === 0x8b;

async function* counted(source: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  for await (const chunk of source as AsyncIterable<Buffer>) {
    count(chunk.length);
    yield chunk;
  }
}

async function* unpacked(packed: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  try {
    const gunzip = createGunzip();
    // What fails is told by whoever reads on.
    pipeline(Readable.from(packed), gunzip, () => undefined);
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (cause) {
    if (!String((cause as NodeJS.ErrnoException).code).startsWith('Z_')) throw cause;
    throw new IntegrityError(`${name} cannot be unpacked: ${(cause as Error).message}`, {
      code: 'damaged-gzip',
      mend: 'it was cut off or changed: get it anew',
      cause,
    });
  }
}

async function* unpackedWherePacked(bytes: AsyncGenerator<Buffer, void>, name: string): AsyncGenerator<Buffer> {
  const first = await bytes.next();
  if (first.done) return;
  const { value } = first;
  async function* whole(): AsyncGenerator<Buffer> {
    yield value;
    yield* bytes;
  }
  yield* isGzip(value) ? unpacked(whole(), name) : whole();
}

/**
 * Opens a file, or standard input for `-`; gzip is known by its first two bytes.
 * @throws ValidationError where it cannot be read
 */
export async function openInput(file: string): Promise<Input> {
  let done = 0;
  const count = (bytes: number): void => void (done += bytes);
  const isStdin = file === '-';
  const found = isStdin ? null : await stat(file).catch((cause: unknown) => cannotRead(file, cause));
  if (found?.isDirectory()) cannotRead(file, undefined);
  const source = isStdin ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  const name = isStdin ? 'standard input' : file;
  return { bytes: unpackedWherePacked(counted(source, count), name), size: found?.size ?? null, done: () => done };
}

function cannotRead(file: string, cause: unknown): never {
  throw new ValidationError(`${file} cannot be read`, { cause, mend: 'name a file, or - for standard input' });
}

/** No line of ours is longer: an event has at most 256 KiB, which escapes may double. */
const LONGEST_LINE = 4 << 20;

const NEWLINE = 0x0a;

/**
 * The lines in some bytes, without their newlines, in constant memory. The last one need not end in a newline.
 * @throws ValidationError at a line that is longer than any of ours
 */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let at = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
      const rest = chunk.subarray(at, end);
      yield begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
      [begun, length] = [[], 0];
      at = end + 1;
    }
    if (at === chunk.length) continue;
    begun.push(chunk.subarray(at));
    length += chunk.length - at;
    if (length > LONGEST_LINE)
      throw new ValidationError(`a line is longer than ${LONGEST_LINE} bytes`, { mend: 'give one event a line' });
  }
  if (length > 0) yield Buffer.concat(begun);
}
