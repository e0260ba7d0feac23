import { IntegrityError, ValidationError } from '#libs/platform';
import { journalIdIn, type Branch } from '../branches.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import { ForeignEventError, type TravelledRow } from '../cloud-events/read-row.js';
import { readExported } from '../export/read-export.js';
import { linkOf } from '../scan/link.js';
import { compare, mustBeOf, type Standing } from './against.js';
import { ChainWalk } from './chain.js';
import { Findings } from './findings.js';
import { nameSuspects } from './name-suspects.js';
import { Previous } from './previous.js';
import type { Verification } from './verify.js';

/** Journal ids that one export may go through; a journal has a handful. */
const MOST_IDS = 1000;

export interface VerifyExportOptions {
  /** What was signed of the journal; where the export begins right behind it, the first event is checked against it. */
  readonly against?: Checkpoint;
}

/** A check of an export, which begins where its first line does. */
class ExportCheck {
  readonly findings = new Findings();
  /** Where each id was met first: what the export says of the journal's branches. */
  readonly ids: Branch[];
  readonly walk: ChainWalk;
  signed: Standing | null = null;

  constructor(
    readonly first: TravelledRow,
    private readonly against: Checkpoint | undefined,
  ) {
    const from = first.row.position;
    const isBehind = against?.position === from - 1;
    if (against && against.position < from - 1)
      throw new ValidationError(`the export begins at position ${from}, the checkpoint is of ${against.position}`, {
        code: 'checkpoint-before-export',
        mend: `take an export from position ${against.position + 1} or before`,
      });
    this.ids = [{ fromPosition: from, journalId: first.journalId }];
    // Whether an id begins where the export does is known of the first position, and behind a checkpoint of another.
    const begins = from === 1 || (isBehind && against?.journalId !== first.journalId);
    this.begun = begins ? [...this.ids] : [];
    const before = from === 1 ? null : isBehind ? against?.chainHash : undefined;
    this.walk = new ChainWalk({ next: from, before, previous: new Previous(this.begun, null) }, this.findings);
  }

  private readonly begun: Branch[];

  take({ row, journalId }: TravelledRow): void {
    if (journalId !== this.ids.at(-1)?.journalId && this.ids.length < MOST_IDS) {
      const branch = { fromPosition: row.position, journalId };
      this.ids.push(branch);
      this.begun.push(branch);
    }
    if (row.position === this.against?.position)
      this.signed ??= { chainHash: row.chainHash, recordedAt: row.recordedAt };
    this.walk.take(linkOf(row));
  }
}

function tryRead(line: Buffer): TravelledRow | ForeignEventError {
  try {
    return readExported(line);
  } catch (error) {
    if (error instanceof ForeignEventError) return error;
    throw error;
  }
}

function begin(first: TravelledRow | ForeignEventError, against: Checkpoint | undefined): ExportCheck {
  if (!(first instanceof ForeignEventError)) return new ExportCheck(first, against);
  throw new IntegrityError(`line 1 is no event of an export: ${first.message}`, {
    code: 'no-export',
    mend: 'give what `litopys export` wrote, unchanged',
  });
}

/**
 * Recomputes every hash of an export out of its lines alone, without a database, in constant memory, and names each
 * event that is changed, missing, doubled or out of order. That an export was cut at its end shows against a checkpoint.
 * @throws IntegrityError where the first line is no event, or a checkpoint is of another journal
 * @throws ValidationError where there is no line, or the export begins behind the checkpoint
 */
export async function verifyExport(
  lines: AsyncIterable<Buffer>,
  { against }: VerifyExportOptions = {},
): Promise<Verification> {
  let check: ExportCheck | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const read = tryRead(line);
    check ??= begin(read, against);
    if (read instanceof ForeignEventError) check.walk.unreadableNext(`line ${number}: ${read.message}`);
    else check.take(read);
  }
  if (!check) throw new ValidationError('the export has no line', { code: 'empty-export' });
  const { walk, findings, ids, first } = check;
  walk.end(0);
  await nameSuspects(walk, findings, () => Promise.resolve(null));
  if (against) {
    if (against.position >= first.row.position) {
      mustBeOf(against, journalIdIn(ids)(against.position));
      compare(against, check.signed, walk.last, findings);
    }
  }
  return {
    journalId: ids.at(-1)?.journalId ?? null,
    from: first.row.position,
    upTo: walk.last,
    chainHash: walk.stored ?? null,
    events: walk.events,
    findings: findings.kept,
    findingCount: findings.count,
  };
}
