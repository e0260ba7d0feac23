import type { Pool } from 'pg';
import { LitopysError, TransientError } from '#libs/platform';
import type { Produced } from '../append/outcome.js';
import { produce } from '../append/produce.js';
import { parseBytes } from '../check/parse.js';

/** What became of one line. */
export type LineOutcome = { readonly produced: Produced } | { readonly refused: LitopysError };

export interface ImportOptions {
  /** Who sends, as the journal keeps it. */
  readonly actor: string;
  /** The clock, ISO UTC. */
  readonly now: () => string;
  /** Checks and decides as always, and appends nothing. */
  readonly dryRun?: boolean | undefined;
  /** Called once a line that is not blank, as soon as it is known; the line gives up its place when it resolves. */
  readonly onLine: (line: number, bytes: Buffer, outcome: LineOutcome) => void | Promise<void>;
}

/** The journal did not take everything: what stands will be known when the same lines come again. */
export class ImportStopped extends TransientError {
  /** @param line the first that has no answer */
  constructor(line: number, cause: TransientError) {
    super(`Stopped at line ${line}: ${cause.message}`, {
      code: 'import-stopped',
      mend: 'Run it again with the same lines when the journal answers: each event that stands already is known by its id, and is taken once.',
      cause,
    });
  }
}

/**
 * Lines and their bytes that are under way at most: enough that the decider's turns and the journal's commits are filled,
 * few enough that memory does not grow with the file.
 */
const LINES = 3_000;
const BYTES = 16 * 1024 * 1024;

/** Places for work that is under way, by count and size; one that is larger than all goes alone. */
class Places {
  private lines = 0;
  private bytes = 0;
  private wake: () => void = () => undefined;

  async enter(size: number): Promise<void> {
    while (this.lines > 0 && (this.lines >= LINES || this.bytes + size > BYTES))
      await new Promise<void>((resolve) => (this.wake = resolve));
    this.lines++;
    this.bytes += size;
  }

  leave(size: number): void {
    this.lines--;
    this.bytes -= size;
    this.wake();
  }

  async untilEmpty(): Promise<void> {
    while (this.lines > 0) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

/**
 * Takes events, one a line, by the same `produce` as every other way: many at once, so that they are decided and committed
 * together, those of one stream in the order of their lines. What is refused spoils no other line. Memory does not grow
 * with the number of lines.
 *
 * @param lines without their newlines; blank ones are passed over
 * @throws ImportStopped where the journal is away, when all that was under way has its answer
 */
export async function importLines(pool: Pool, lines: AsyncIterable<Buffer>, options: ImportOptions): Promise<void> {
  const places = new Places();
  let stopped: { readonly line: number; readonly error: unknown } | undefined;
  const take = async (line: number, bytes: Buffer): Promise<void> => {
    try {
      await options.onLine(line, bytes, await outcomeOf(pool, bytes, options));
    } catch (error) {
      if (stopped === undefined || line < stopped.line) stopped = { line, error };
    } finally {
      places.leave(bytes.length);
    }
  };
  let line = 0;
  for await (const bytes of lines) {
    line++;
    if (isBlank(bytes)) continue;
    await places.enter(bytes.length);
    if (stopped !== undefined) break;
    void take(line, bytes);
  }
  await places.untilEmpty();
  if (stopped === undefined) return;
  throw stopped.error instanceof TransientError ? new ImportStopped(stopped.line, stopped.error) : stopped.error;
}

async function outcomeOf(pool: Pool, bytes: Buffer, { actor, now, dryRun }: ImportOptions): Promise<LineOutcome> {
  try {
    return { produced: await produce(pool, parseBytes(bytes), { actor, now: now(), dryRun }) };
  } catch (error) {
    if (!(error instanceof LitopysError) || error instanceof TransientError) throw error;
    return { refused: error };
  }
}
