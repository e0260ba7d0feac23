import { ConflictError } from '#libs/platform';

/** Why the relay, the receiver or the intake stands still until somebody mends it. Each is stable: monitors switch on it. */
export type StopCode =
  | 'topic-loses-events'
  | 'intake-loses-events'
  | 'topic-of-another-journal'
  | 'topic-ahead-of-journal'
  | 'topic-knows-another-event'
  | 'another-journal'
  | 'another-event'
  | 'broken-chain'
  | 'wrong-data-hash';

const RESTORED =
  'If the journal was restored from an older copy, restore the newer copy, or go on with a new KAFKA_TOPIC and ' +
  'VIEWS_URL; if not, DATABASE_URL or KAFKA_TOPIC names the wrong one.';
const TAMPERED =
  'Find out who writes to the topic. Where the record is no event of the journal, empty the replica (its tables ' +
  'replica.events and replica.head), run `litopys receive --from-start` from a clean topic, then `litopys rebuild`.';

const MEND: Readonly<Record<StopCode, string>> = {
  'topic-loses-events':
    'Change the settings of the topic as said, or name another topic (KAFKA_TOPIC); then start again.',
  'intake-loses-events':
    'Change the settings of the topic as said, or name another (KAFKA_INTAKE_TOPIC, KAFKA_REJECTED_TOPIC); then start again.',
  'topic-of-another-journal': RESTORED,
  'topic-ahead-of-journal': RESTORED,
  'topic-knows-another-event': RESTORED,
  'another-journal':
    'Set KAFKA_TOPIC to the topic of the journal that the replica follows, or give the other journal a views database of ' +
    'its own (VIEWS_URL). Where it was restored from an older copy, restore the newer copy, or go on with a new KAFKA_TOPIC and VIEWS_URL.',
  'another-event':
    'The topic tells two events at one position: a journal restored from an older copy went on under its old name. ' +
    'Restore the newer copy, or go on with a new KAFKA_TOPIC and VIEWS_URL.',
  'broken-chain': TAMPERED,
  'wrong-data-hash': TAMPERED,
};

/**
 * What must not go on by itself: it would lose, drop or overwrite an event. Whoever meets it stays up, not ready, and
 * says code and mend; no retry helps.
 */
export class StopError extends ConflictError {
  declare readonly code: StopCode;

  constructor(code: StopCode, message: string) {
    super(message, { code, mend: MEND[code] });
  }
}
