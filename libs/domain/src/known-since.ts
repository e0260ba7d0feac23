import { edtfBounds, nextDay, type Citation, type Day } from '#libs/contracts';
import type { Refusal } from './refusal.js';

/**
 * How the known date came about: `source` a page of that day, `stated` a younger page that says so, `presumed` a public
 * act known on its own day, `recorded` nothing better than the day on which we recorded it.
 */
export type KnownBasis = 'source' | 'stated' | 'presumed' | 'recorded';

export interface Known {
  readonly knownSince: Day;
  readonly knownBasis: KnownBasis;
}

/** What of an event's data its known date is made of; a record has no `occurred`. */
export interface KnownFrom {
  readonly known_since?: Day | undefined;
  readonly known_basis?: 'source' | 'stated' | 'presumed' | undefined;
  readonly citations: readonly Pick<Citation, 'published'>[];
  readonly occurred?: string | undefined;
}

const latestDay = (edtf: string | undefined): Day | null => (edtf === undefined ? null : edtfBounds(edtf).to);

function earliestPublished(citations: KnownFrom['citations']): Day | undefined {
  return citations
    .map(({ published }) => latestDay(published))
    .filter((day) => day !== null)
    .sort()[0];
}

function derived(data: KnownFrom, recorded: Day): Known {
  const published = earliestPublished(data.citations);
  if (published !== undefined) return { knownSince: published, knownBasis: 'source' };
  const happened = latestDay(data.occurred);
  if (happened !== null && happened < recorded) return { knownSince: happened, knownBasis: 'presumed' };
  return { knownSince: recorded, knownBasis: 'recorded' };
}

/**
 * The first day on which the public could know what an event tells: as given (basis `stated` where none is), else the
 * earliest publication among the citations (a vague date counts as its latest day), else the latest day of `occurred`
 * when that is past, else the day of recording. What is derived is never later than the day after recording.
 *
 * @param recorded the UTC day of recording
 */
export function deriveKnownSince(data: KnownFrom, recorded: Day): Known {
  if (data.known_since !== undefined) return { knownSince: data.known_since, knownBasis: data.known_basis ?? 'stated' };
  const known = derived(data, recorded);
  const latest = nextDay(recorded);
  return known.knownSince > latest ? { ...known, knownSince: latest } : known;
}

const BASIS_ALONE: Refusal = {
  rule: 'known-since-basis',
  field: '/known_basis',
  detail: 'known_basis says how known_since came about, and there is none.',
  mend: 'Give known_since as well, or leave both out.',
};

/**
 * Refuses a known date that is given later than the day after recording, as nobody can have known it then; and a basis
 * without a date.
 */
export function refuseKnownSince(data: KnownFrom, recorded: Day): Refusal[] {
  if (data.known_since === undefined && data.known_basis !== undefined) return [BASIS_ALONE];
  const latest = nextDay(recorded);
  if (data.known_since === undefined || data.known_since <= latest) return [];
  return [
    {
      rule: 'known-since-after-record',
      field: '/known_since',
      detail: `known_since is ${data.known_since}, but the event is recorded on ${recorded} (UTC): what is recorded is known.`,
      mend: `Give a day not later than ${latest}, or leave it out.`,
    },
  ];
}
