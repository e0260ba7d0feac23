import type { Day } from '#libs/contracts';
import { ValidationError } from '#libs/platform';
import type { PlaceRequest } from '#libs/projection';
import type { Cursor } from './cursor.js';

/** The pins of a read as they were asked for. */
export interface Pins {
  readonly as_known_at?: Day;
  readonly as_recorded_at?: number | string;
  readonly min_position?: number;
}

function checkAgainst(cursor: Cursor, { as_recorded_at: asked, min_position: least }: Pins): void {
  const other = typeof asked === 'number' && asked !== cursor.position;
  if (!other && (least ?? 0) <= cursor.position) return;
  throw new ValidationError(`this cursor is of a read at position ${cursor.position}`, {
    code: 'bad-cursor',
    field: other ? 'as_recorded_at' : 'min_position',
    rule: 'cursor-place',
    mend: 'go on with the cursor alone, or begin again without it',
  });
}

/**
 * The place that is asked for: a cursor's own, since paging never shifts, else by the pins.
 * @throws ValidationError where pins and cursor name different places
 */
export function placeRequest(pins: Pins, cursor: Cursor | undefined): PlaceRequest {
  if (!cursor)
    return { asKnownAt: pins.as_known_at, asRecordedAt: pins.as_recorded_at, minPosition: pins.min_position };
  checkAgainst(cursor, pins);
  return { asKnownAt: cursor.knownAt ?? undefined, asRecordedAt: cursor.position };
}
