type Stop = () => Promise<unknown>;

/** What a process has started: ended in the opposite order, each step whatever became of the one before. */
export class Running {
  private readonly stops: Stop[] = [];
  private stopping: Promise<void> | undefined;

  /** Says how what has just been started is ended. */
  started(stop: Stop): void {
    this.stops.push(stop);
  }

  /** @param onTrouble is told of what would not end */
  stop(onTrouble: (error: unknown) => void = () => undefined): Promise<void> {
    this.stopping ??= this.stopAll(onTrouble);
    return this.stopping;
  }

  private async stopAll(onTrouble: (error: unknown) => void): Promise<void> {
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) await stop().catch(onTrouble);
  }
}
