import { LitopysError, toProblem } from '#libs/platform';

/** What speaks against one event of a batch. */
export interface RefusedEvent {
  /** Its place in the batch. */
  readonly at: number;
  readonly error: LitopysError;
}

/** Something speaks against events of a batch, so that none of it was appended; fields point into the batch. */
export class RefusedBatchError extends LitopysError {
  readonly retriable: boolean;
  /** That of the first event which is refused. */
  readonly status: number;
  readonly title = 'The batch is refused';

  constructor(
    readonly refused: readonly RefusedEvent[],
    events: number,
  ) {
    const first = refused[0]?.error;
    const problems = refused.map(({ error }) => toProblem(error));
    super('batch-refused', `${refused.length} of ${events} events are refused, so that none is taken.`, {
      errors: problems.flatMap((problem) => problem.errors),
      more: problems.reduce((more, problem) => more + (problem.more ?? 0), 0),
      cause: first,
    });
    this.status = first?.status ?? 400;
    this.retriable = refused.every(({ error }) => error.retriable);
  }
}
