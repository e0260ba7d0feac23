/** One piece of work, and what it must not overtake. */
export interface Piece<T> {
  /** Pieces that share a key are done one after another, in their order. */
  readonly keys: readonly string[];
  readonly work: () => Promise<T>;
}

/**
 * Does all of it, so many at once at most, and answers the outcomes in order. After one that fails nothing new is begun:
 * what came behind it under the same key must not be done without it.
 * @throws the first failure, when all that was begun has ended
 */
export async function doInTurn<T>(pieces: readonly Piece<T>[], atOnce: number): Promise<T[]> {
  let failure: { readonly error: unknown } | undefined;
  const last = new Map<string, Promise<unknown>>();
  const underWay = new Set<Promise<unknown>>();
  const outcomes: Promise<T | undefined>[] = [];
  for (const { keys, work } of pieces) {
    while (underWay.size >= atOnce) await Promise.race(underWay);
    const before = keys.flatMap((key) => last.get(key) ?? []);
    const outcome = Promise.all(before).then(async () => {
      if (failure) return undefined;
      try {
        return await work();
      } catch (error) {
        failure ??= { error };
        return undefined;
      }
    });
    outcomes.push(outcome);
    underWay.add(outcome);
    void outcome.then(() => underWay.delete(outcome));
    for (const key of keys) last.set(key, outcome);
  }
  const done = await Promise.all(outcomes);
  if (failure) throw failure.error;
  return done as T[];
}
