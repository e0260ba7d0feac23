import type { RecordEvent } from '#libs/contracts';

/** A correction at the end of its stream's history. */
export type Corrected = Extract<RecordEvent, { type: 'litopys.record.corrected.v1' }>;
