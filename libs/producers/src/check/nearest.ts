/** Edits from one text to the other for each length of their beginnings: a row a letter of `a`, a column one of `b`. */
function editsRow(a: string, b: string, row: number, rows: readonly (readonly number[])[]): number[] {
  const [above = [], twoAbove = []] = [rows[row - 1], rows[row - 2]];
  const current = [row];
  for (let column = 1; column <= b.length; column++) {
    const same = a[row - 1] === b[column - 1];
    const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    const ways = [(above[column - 1] ?? 0) + (same ? 0 : 1), (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1];
    if (swapped && row > 1) ways.push((twoAbove[column - 2] ?? 0) + 1);
    current.push(Math.min(...ways));
  }
  return current;
}

/** Letters put in, left out, changed or swapped that make one text the other: Damerau and Levenshtein's distance. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) rows.push(editsRow(a, b, row, rows));
  return rows.at(-1)?.[b.length] ?? 0;
}

/** The known name that a mistyped one means, or `undefined` where none is near: at most a third of it may differ. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(Math.min(name.length, 40) / 3));
  const [best] = known
    .map((one) => ({ one, edits: distance(name.slice(0, 40).toLowerCase(), one.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits);
  return best?.one;
}
