/**
 * Why a loop stands still until somebody mends the cause; nothing was lost or half done. `code` is stable, `mend` says
 * what to do, `event` names the event that could not be projected.
 */
export class LoopStop extends Error {
  constructor(
    readonly code: 'projection-failed' | 'needs-upgrade' | 'feed-diverged',
    message: string,
    readonly mend: string,
    readonly event: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LoopStop';
  }
}
