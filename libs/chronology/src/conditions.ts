/** Values of `$1` and `$2`, which every read at a place begins with. */
const PLACE_VALUES = 2;

/** Optional conditions of a query, from constant texts; their values are numbered as they are added. */
export class Conditions {
  private readonly texts: string[] = [];

  /** @param values of the parameters from `$3` on that stand before these; grows */
  constructor(readonly values: unknown[]) {}

  /** The name of one more value. */
  name(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length + PLACE_VALUES}`;
  }

  /** Adds a condition; nothing where one of its values is left out. */
  where(text: (...names: string[]) => string, ...values: unknown[]): this {
    if (!values.includes(undefined)) this.texts.push(text(...values.map((value) => this.name(value))));
    return this;
  }

  /** All of them and some more, as one text. */
  and(...more: string[]): string {
    return [...this.texts, ...more].join(' and ') || 'true';
  }
}
