/** An event that tells draws, as far as joining goes. */
export interface DrawEvent {
  readonly event: string;
  readonly stream: string;
  readonly stage: string;
}

/** That one event tells the same as another event, or as the one of a stream. */
export interface SameAs {
  readonly event: string;
  readonly targetStream: string;
  readonly targetVersion: number | null;
}

/** The event that a same-as means: the one it names, or the only one of that stage on the stream that it names. */
function targetOf(same: SameAs, stage: string, events: readonly DrawEvent[]): string | null {
  const named = events.filter((one) => one.stream === same.targetStream && one.stage === stage);
  if (same.targetVersion === null) return named.length === 1 ? (named[0]?.event ?? null) : null;
  return named.find((one) => one.event === `${same.targetStream}@${same.targetVersion}`)?.event ?? null;
}

/**
 * Which events tell one movement (rule M12): those of one stage that same-as joins, in whichever direction it is told.
 * @returns by event, all of its movement, itself among them, in the order in which they came in
 */
export function movementsOf(events: readonly DrawEvent[], told: readonly SameAs[]): Map<string, readonly string[]> {
  const sets = new Map(events.map(({ event }) => [event, new Set([event])]));
  const stages = new Map(events.map(({ event, stage }) => [event, stage]));
  for (const same of told) {
    const target = targetOf(same, stages.get(same.event) ?? '', events);
    const [mine, other] = [sets.get(same.event), target === null ? undefined : sets.get(target)];
    if (!mine || !other || mine === other) continue;
    for (const member of other) sets.set(member, mine.add(member));
  }
  const order = new Map(events.map(({ event }, at) => [event, at]));
  const inOrder = (a: string, b: string): number => (order.get(a) ?? 0) - (order.get(b) ?? 0);
  return new Map([...sets].map(([event, set]) => [event, [...set].sort(inOrder)]));
}
