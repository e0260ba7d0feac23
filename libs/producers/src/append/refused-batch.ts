import { LitopysError, toProblem } from '#libs/platform';

/** Something speaks against events of a batch, so that none of it was appended; fields point into the batch. */
export class RefusedBatchError extends LitopysError {
  readonly retriable: boolean;
  /** That of the first event which is refused. */
  readonly status: number;
  readonly title = 'The batch is refused';

  constructor(errors: readonly LitopysError[], events: number) {
    const [first] = errors;
    super('batch-refused', `${errors.length} of ${events} events are refused, so that none is taken.`, {
      errors: errors.flatMap((error) => toProblem(error).errors),
      cause: first,
    });
    this.status = first?.status ?? 400;
    this.retriable = errors.every(({ retriable }) => retriable);
  }
}
