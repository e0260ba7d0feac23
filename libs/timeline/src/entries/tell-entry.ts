import type { CoveredDays, EntryRow, RelationFrom, RelationTo } from '#libs/chronology';
import type { Json } from '#libs/contracts';

interface BodyFinding {
  readonly rule: string;
  readonly version: number;
  readonly path: string;
}

/** Something odd about an entry, accepted and shown. */
export interface EntryFinding {
  /** `<rule>:<event>:<field>` */
  readonly id: string;
  readonly rule: string;
  readonly field: string;
  /** The record that met it. */
  readonly record?: string;
}

const nameOf = ({ stream, version }: { stream: string; version: number }): string => `${stream}@${version}`;

function findingsOf(row: EntryRow): EntryFinding[] {
  const found = (row.body['findings'] ?? []) as unknown as BodyFinding[];
  return found.map(({ rule, version, path }) => ({
    id: `${rule}:${nameOf(row)}:${path}`,
    rule,
    field: path,
    record: `${row.stream}@${version}`,
  }));
}

/** A dispute as the row has it: the version of its record, and what that says. */
interface BodyDispute {
  readonly record: number;
  readonly [key: string]: unknown;
}

const disputesOf = (row: EntryRow, disputes: readonly BodyDispute[]): object[] =>
  disputes.map(({ record, ...said }) => ({ event: `${row.stream}@${record}`, ...said }));

/** An entry as the API tells it: what it says happened, as now corrected, and which records made it so. */
export function tellEntry(row: EntryRow): { readonly [key: string]: unknown } {
  const { records, findings: _findings, disputes, ...told } = row.body;
  return {
    ...told,
    entry: nameOf(row),
    stream: row.stream,
    version: row.version,
    position: row.position,
    kind: row.kind,
    type: row.type,
    occurred: row.occurred,
    known_since: row.knownSince,
    recorded_at: row.recordedAt.toISOString(),
    records: ((records ?? []) as number[]).map((version) => `${row.stream}@${version}`),
    findings: findingsOf(row),
    ...(disputes !== undefined && { disputes: disputesOf(row, disputes as unknown as BodyDispute[]) }),
  };
}

type Ref = { readonly [key: string]: Json };

/** A relation that is told here; unresolved while nothing of that name is in the record. */
export function tellRelationFrom(stream: string, { version, body, title, titleVersion }: RelationFrom): Ref {
  const target = body['target'] as string;
  return {
    ...body,
    told_by: `${stream}@${version}`,
    resolved: titleVersion !== null,
    title,
    entry: titleVersion === null ? null : `${target.split('@')[0] ?? ''}@${titleVersion}`,
  };
}

/** A relation that is told elsewhere, of this: who tells it is `entry`. */
export const tellRelationTo = ({ stream, version, body, title, occurred }: RelationTo): Ref => ({
  ...body,
  entry: `${stream}@${version}`,
  title,
  occurred,
});

/** Relations whose other side is not there, as findings. */
export const unresolvedFindings = (row: EntryRow, relations: readonly RelationFrom[]): EntryFinding[] =>
  relations.flatMap(({ titleVersion }, index) =>
    titleVersion === null
      ? [
          {
            id: `unresolved-relation:${nameOf(row)}:/refs/${index}`,
            rule: 'unresolved-relation',
            field: `/refs/${index}`,
          },
        ]
      : [],
  );

/** What an empty answer says: what there is of which nothing matched. */
export const tellCoverage = (days: CoveredDays): object => ({
  days,
  note: 'none recorded is not none: this is what the record covers at this place',
});
