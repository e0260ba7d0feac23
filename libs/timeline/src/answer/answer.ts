import { createHash } from 'node:crypto';
import { canonicalJson, type Day } from '#libs/contracts';
import type { Place } from '#libs/projection';
import type { Pins } from '../paging/page.js';
import type { Given } from '../request/read-query.js';

/** An answer as it is sent: its text, and the strong validator of that text. */
export class Answer {
  readonly etag: string;

  constructor(
    readonly text: string,
    readonly contentType = 'application/json; charset=utf-8',
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    this.etag = `"${sha256(text).slice(0, 32)}"`;
  }
}

/** A member of an answer that is written already, as RFC 8785 has it: an event's data is sent byte for byte. */
export class Written {
  constructor(readonly text: string) {}
}

/** The place of a read, and how it was asked for. */
export type ReadPlace = Pick<Place, 'position' | 'knownAt' | 'final'>;

/** What was asked: where, with which parameters. */
export interface Asked {
  /** Prefix of the URLs that answers cite; empty: they begin with the path. */
  readonly publicUrl: string;
  readonly path: string;
  readonly given: Given;
  readonly pins: Pins;
}

interface PlaceText {
  readonly as_known_at: Day | null;
  readonly as_recorded_at: number | string | null;
  readonly final: boolean;
  readonly position: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const textOf = (value: unknown): string => (value instanceof Written ? value.text : canonicalJson(value));

/** The members of an answer as one RFC 8785 text, members that are canonical texts already put in as they are. */
function joined(members: ReadonlyMap<string, string>): string {
  const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** The same request with its recorded place pinned. */
function citedUrl({ publicUrl, path, given }: Asked, position: number): string {
  const { as_recorded_at: _asked, min_position: _least, ...rest } = given;
  const query = new URLSearchParams({ ...rest, as_recorded_at: String(position) });
  return `${publicUrl}${path}?${query.toString()}`;
}

/**
 * An answer with its `place` and its `cite`: the URL with the place pinned, and the SHA-256 of the RFC 8785 form of
 * what that URL answers, its `cite` left out.
 *
 * @param body what is answered; the members may not depend on anything but the place and the parameters, or a final
 *   read could change
 */
export function makeAnswer(
  asked: Asked,
  place: ReadPlace,
  body: object,
  headers?: Readonly<Record<string, string>>,
): Answer {
  const { position, knownAt, final } = place;
  const echoed: PlaceText = {
    as_known_at: knownAt,
    as_recorded_at: asked.pins.as_recorded_at ?? null,
    final,
    position,
  };
  const members = new Map(Object.entries(body).map(([name, value]) => [name, textOf(value)]));
  const pinned = joined(
    new Map(members).set('place', canonicalJson({ ...echoed, as_recorded_at: position, final: true })),
  );
  const cite = { sha256: sha256(pinned), url: citedUrl(asked, position) };
  members.set('place', canonicalJson(echoed)).set('cite', canonicalJson(cite));
  return new Answer(joined(members), undefined, headers);
}
