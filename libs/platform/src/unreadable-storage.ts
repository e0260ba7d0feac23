/**
 * What PostgreSQL says of a page, an index or a file of its own that it cannot read: data_corrupted, index_corrupted,
 * undefined_file, io_error. Source: PostgreSQL's appendix A (error codes).
 */
const UNREADABLE = /^(XX00[12]|58P01|58030)$/;

/** Whether a statement failed because a database cannot read what it has stored. */
export function isUnreadableStorage(error: unknown): error is Error {
  const { code } = (error ?? {}) as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && UNREADABLE.test(code);
}
