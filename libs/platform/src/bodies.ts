/** Media types of the bodies that servers of ours take. */
export const JSON_TYPE = 'application/json';
export const STRUCTURED_TYPE = 'application/cloudevents+json';
export const BATCH_TYPE = 'application/cloudevents-batch+json';

/** Size at most of a body that holds one event or the data of one, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Size at most of a body that holds a batch of events, in bytes. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Whether a content type is that of a batch of events. */
export const isBatch = (contentType: string | undefined): boolean =>
  contentType?.trim().toLowerCase().startsWith(BATCH_TYPE) ?? false;

/** How many bytes a body of this content type may have. */
export const bodyLimit = (contentType: string | undefined): number =>
  isBatch(contentType) ? MAX_BATCH_BYTES : MAX_BODY_BYTES;
