import type { RecordEvent } from '#libs/contracts';
import type { History } from '../history.js';
import type { Refusal } from '../refusal.js';
import { refuseAbout } from './about.js';
import { refuseCorrection } from './correct.js';
import { refuseUnknownOwnLines } from '../stream/own-lines.js';
import { refuseReinstatement, refuseRetraction } from './retract.js';
import { refuseSettlement } from './settle.js';
import { idsOf, linesOfOthers } from '../pledges/lines.js';

/** What stands against a record that puts an earlier event of its stream right. */
export function decideRecord(history: History, record: RecordEvent): Refusal[] {
  const about = refuseAbout(history, record);
  if (about.length > 0) return about;
  switch (record.type) {
    case 'litopys.record.corrected.v1':
      return refuseCorrection(history, record);
    case 'litopys.record.retracted.v1':
      return refuseRetraction(history, record);
    case 'litopys.record.reinstated.v1':
      return refuseReinstatement(history, record);
    case 'litopys.record.settled.v1':
      return refuseSettlement(history, record);
    case 'litopys.record.related.v1':
    case 'litopys.record.corroborated.v1':
      return refuseUnknownOwnLines(record, idsOf(linesOfOthers(history, record.version)));
    case 'litopys.record.disputed.v1':
      return [];
    default:
      return record satisfies never;
  }
}
