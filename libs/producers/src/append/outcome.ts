import type { KnownBasis } from '#libs/domain';

/** An event that the journal has, or would have. */
export interface Produced {
  /** `stream@version`. */
  readonly event: string;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  /** Null where nothing was appended: a dry run. */
  readonly position: number | null;
  /** Whether it stood there before this request. */
  readonly duplicate: boolean;
  /** What a dry run found out; left out where the event was appended. */
  readonly dryRun?: { readonly knownSince: string; readonly knownBasis: KnownBasis };
}

export function produced(
  stream: string,
  id: string,
  place: { version: number; position: number },
  duplicate: boolean,
): Produced {
  const { version, position } = place;
  return { event: `${stream}@${version}`, id, stream, version, position, duplicate };
}
