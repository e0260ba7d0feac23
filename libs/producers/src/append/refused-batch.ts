import { LitopysError, toProblem } from '#libs/platform';

/** Something speaks against events of a batch, so that none of it was appended; fields point into the batch. */
export class RefusedBatchError extends LitopysError {
  readonly retriable: boolean;
  /** That of the first event which is refused. */
  readonly status: number;
  readonly title = 'The batch is refused';

  constructor(errors: readonly LitopysError[], events: number) {
    const [first] = errors;
    const problems = errors.map(toProblem);
    super('batch-refused', `${errors.length} of ${events} events are refused, so that none is taken.`, {
      errors: problems.flatMap((problem) => problem.errors),
      more: problems.reduce((more, problem) => more + (problem.more ?? 0), 0),
      cause: first,
    });
    this.status = first?.status ?? 400;
    this.retriable = errors.every(({ retriable }) => retriable);
  }
}
