/** Rows of many streams, each stream's in the order in which they came. */
export function byStream<Row extends { readonly stream: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.stream);
    if (own) own.push(row);
    else found.set(row.stream, [row]);
  }
  return found;
}
