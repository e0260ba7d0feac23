/** A position that has not arrived although later ones have, and since when that has been seen. */
export interface Gap {
  readonly position: number;
  readonly sinceMs: number;
}

/**
 * Tells a gap that stands from one that is closing: partitions run apart by moments, so the position after the head is
 * nearly always missing for a while. `tolerated` in milliseconds.
 */
export class GapWatch {
  private gap: Gap | null = null;

  constructor(private readonly tolerated = 30_000) {}

  /** `now` in milliseconds of any one clock. */
  observe(head: number, last: number, now: number): void {
    if (last <= head) this.gap = null;
    else if (this.gap?.position !== head + 1) this.gap = { position: head + 1, sinceMs: now };
  }

  /** The gap that stands for too long, or null. */
  standing(now: number): Gap | null {
    return this.gap !== null && now - this.gap.sinceMs > this.tolerated ? this.gap : null;
  }
}
