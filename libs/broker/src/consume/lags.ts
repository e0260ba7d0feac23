/** What of the topic a consumer has to do, as far as its last fetches told. */
export interface ConsumerShare {
  /** Partitions that are its own. */
  readonly assigned: number;
  /** Records of them that are not committed. */
  readonly lag: number;
}

/** Keeps how far a consumer is behind, by the partitions that are its own. */
export class Lags {
  private behind = new Map<number, number>();

  /** Takes another share of the topic: what is not its own any more is forgotten. */
  assign(partitions: readonly number[]): void {
    this.behind = new Map(partitions.map((partition) => [partition, this.behind.get(partition) ?? 0]));
  }

  /** @param next the first offset that is not done; `highWatermark` the one that the next record will have */
  observe(partition: number, next: bigint, highWatermark: bigint): void {
    if (this.behind.has(partition)) this.behind.set(partition, Math.max(0, Number(highWatermark - next)));
  }

  share(): ConsumerShare {
    return { assigned: this.behind.size, lag: [...this.behind.values()].reduce((sum, lag) => sum + lag, 0) };
  }
}
