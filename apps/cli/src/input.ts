import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { IntegrityError, ValidationError } from '#libs/platform';

/** What a command reads: a file, or standard input. */
export interface Input {
  /** Its bytes, unpacked where they are packed by gzip or zstd. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Bytes of the file; null of standard input. */
  readonly size: number | null;
  /** How many of them were read so far. */
  readonly done: () => number;
}

/** Ways of packing, known by their first bytes. Source: RFC 1952, section 2.3.1; RFC 8878, section 3.1.1. */
const PACKED = { gzip: [0x1f, 0x8b], zstd: [0x28, 0xb5, 0x2f, 0xfd] } as const;
type Packing = keyof typeof PACKED;

function packingOf(chunk: Buffer): Packing | undefined {
  const names = Object.keys(PACKED) as Packing[];
  return names.find((name) => PACKED[name].every((byte, index) => chunk[index] === byte));
}

/** Node has zstd since 22.15 and 23.8. @throws ValidationError where it has not */
function makeUnpacker(packing: Packing, name: string): Transform {
  if (packing === 'gzip') return zlib.createGunzip();
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (createZstdDecompress) return createZstdDecompress();
  throw new ValidationError(`${name} is packed by zstd, which Node ${process.versions.node} cannot unpack`, {
    mend: 'run a newer Node (22.15 or later), or unpack it first: zstd -dc FILE | litopys ... -',
  });
}

async function* counted(source: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  for await (const chunk of source as AsyncIterable<Buffer>) {
    count(chunk.length);
    yield chunk;
  }
}

async function* unpacked(packed: AsyncIterable<Buffer>, packing: Packing, name: string): AsyncGenerator<Buffer> {
  const unpacker = makeUnpacker(packing, name);
  try {
    // What fails is told by whoever reads on.
    pipeline(Readable.from(packed), unpacker, () => undefined);
    yield* unpacker as AsyncIterable<Buffer>;
  } catch (cause) {
    if (!String((cause as NodeJS.ErrnoException).code).startsWith('Z')) throw cause;
    throw new IntegrityError(`${name} cannot be unpacked: ${(cause as Error).message}`, {
      code: 'damaged-file',
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
  const packing = packingOf(value);
  yield* packing ? unpacked(whole(), packing, name) : whole();
}

/**
 * Opens a file, or standard input for `-`; gzip and zstd are known by their first bytes.
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
