export { append, appendEach, appendWhole } from './append/append.js';
export type { AppendRequest, Outcome, Verdict } from './append/request.js';
export { journalIdIn, readBranches, readJournalIds, type Branch, type JournalIdAt } from './branches.js';
export { openCheckpoint, originOf, signCheckpoint, type Checkpoint } from './checkpoint/checkpoint.js';
export {
  generateSignerKey,
  readSignerKey,
  readVerifierKey,
  type SignerKey,
  type VerifierKey,
} from './checkpoint/note-keys.js';
export { readCheckpoint } from './checkpoint/read-checkpoint.js';
export { ATTRIBUTE_OF, attributesOf, DATA_CONTENT_TYPE } from './cloud-events/attributes.js';
export { ForeignEventError, readRow, type TravelledRow } from './cloud-events/read-row.js';
export { httpHeadersOf } from './cloud-events/http-headers.js';
export { structuredText } from './cloud-events/structured.js';
export { isConnectionFailure } from './connection-failures.js';
export { chainHashOf, dataHashOf, fingerprintOf, firstPrevious, type Meaning } from './hashes.js';
export { journalMigrations } from './migrations/index.js';
export type { Queryable } from './queryable.js';
export * from './read.js';
export { exportFeed, exportSpan, type ExportPart, type ExportRange } from './export/export-feed.js';
export { readExported } from './export/read-export.js';
export { statementFor, type Feed, type JournalRow } from './row.js';
export { toStreamEvent, UnknownTypeError } from './stream-event.js';
export { subscribe, type SubscribeOptions, type Subscription } from './subscribe.js';
export type { IntegrityFinding } from './verify/findings.js';
export { verifyExport, type VerifyExportOptions } from './verify/verify-export.js';
export { verify, type Verification, type VerifyOptions } from './verify/verify.js';
