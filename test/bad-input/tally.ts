import type { Answer } from './answer.js';

interface Counts {
  inputs: number;
  taken: number;
  refused: number;
}

/** Counts what became of the inputs of each class. */
export class Tally {
  private readonly counts = new Map<string, Counts>();

  count(name: string, { problem }: Answer): void {
    const counts = this.counts.get(name) ?? { inputs: 0, taken: 0, refused: 0 };
    this.counts.set(name, counts);
    counts.inputs += 1;
    if (problem === undefined) counts.taken += 1;
    else counts.refused += 1;
  }

  /** A line a class, and one of all of them. */
  table(): string {
    const rows = [...this.counts].map(([name, { inputs, taken, refused }]) => [name, inputs, taken, refused] as const);
    const sum = (column: 1 | 2 | 3): number => rows.reduce((total, row) => total + row[column], 0);
    const line = (name: string, ...cells: readonly (string | number)[]): string =>
      `${name.padEnd(44)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;
    return [
      line('class', 'inputs', '2xx', '4xx'),
      ...rows.map((row) => line(...row)),
      line('all', sum(1), sum(2), sum(3)),
    ].join('\n');
  }
}
