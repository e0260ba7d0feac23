/** What two journals with the same events may not agree on: when they recorded them, their name, hashes over either. */
const OWN = new Set(['recorded_at', 'recordedtime', 'journal', 'chainhash', 'cite']);

/** An answer without what is a journal's own. */
export function withoutOwn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !OWN.has(name))
      .map(([name, one]) => [name, withoutOwn(one)]),
  );
}

/** What a system answers to some paths, comparable with what another one does. */
export async function answersOf(url: string, paths: readonly string[]): Promise<Record<string, unknown>> {
  const answers = paths.map(async (path) => {
    const answer = await fetch(`${url}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return [path, withoutOwn(await answer.json())] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}
