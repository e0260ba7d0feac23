import type { Span } from '../scan/scan.js';

/** Gaps that are remembered; what is missing beyond them is told at once, and told for good. */
const REMEMBERED = 1000;

/** Where nothing stood when a check came by. What comes later, out of its place, closes a gap again. */
export class Gaps {
  private spans: Span[] = [];

  /** @returns whether there was room for it */
  add(span: Span): boolean {
    if (this.spans.length >= REMEMBERED) return false;
    this.spans.push(span);
    return true;
  }

  /** Takes a position out. @returns whether it was missing */
  close(position: number): boolean {
    const at = this.spans.findIndex(({ first, last }) => first <= position && position <= last);
    const span = this.spans[at];
    if (!span) return false;
    const around = [
      { first: span.first, last: position - 1 },
      { first: position + 1, last: span.last },
    ];
    this.spans.splice(at, 1, ...around.filter(({ first, last }) => first <= last));
    return true;
  }

  /** What is missing still. */
  left(): readonly Span[] {
    return this.spans;
  }
}
