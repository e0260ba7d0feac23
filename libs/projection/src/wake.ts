/** A bell for one sleeper: rung while nobody sleeps, it ends the next sleep at once. */
export class Wake {
  private rung = false;
  private sleeper: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.sleeper?.();
  }

  /** Sleeps until the bell rings, `ms` milliseconds at most. */
  async wait(ms: number): Promise<void> {
    if (!this.rung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.sleeper = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.sleeper = null;
    this.rung = false;
  }
}
