import type { Pool } from 'pg';
import { must, type Place } from './answer.js';

interface Row {
  readonly position: number;
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

const FRESH = `select position, stream || '@' || version as event, id, data from journal.events where position > $1 order by position`;

/** Looks after every answer whether the journal holds what was said, and nothing else. */
export class JournalWatch {
  private position = 0;

  constructor(private readonly pool: Pool) {}

  /**
   * What the journal took since the last look, which must be what the answers since then have named as new.
   * @throws BrokenPromise
   */
  async mustAgreeWith(places: readonly Place[]): Promise<readonly Row[]> {
    const { rows } = await this.pool.query<Row>({ name: 'fresh', text: FRESH, values: [this.position] });
    const head = await this.pool.query<{ position: number }>({
      name: 'head',
      text: 'select position from journal.head',
    });
    const said = places.filter(({ position, duplicate }) => position !== null && !duplicate);
    const stand = rows.map(({ position, event, id }) => ({ position, event, id }));
    must(
      JSON.stringify(stand) === JSON.stringify(said.map(({ position, event, id }) => ({ position, event, id }))),
      'the journal holds what was answered, and nothing else',
      { said, stand },
    );
    must(
      head.rows[0]?.position === this.position + rows.length &&
        rows.every(({ position }, index) => position === this.position + index + 1),
      'the journal is gapless up to its head',
      { head: head.rows, stand, after: this.position },
    );
    this.position += rows.length;
    return rows;
  }

  /** Goes on from where the journal is, after something that was not as it must be. */
  async skip(): Promise<void> {
    const { rows } = await this.pool.query<{ position: number }>('select position from journal.head');
    this.position = rows[0]?.position ?? 0;
  }

  /** @throws BrokenPromise where the whole is not what its parts were */
  async mustBeWhole(): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>('select count(*) from journal.events');
    must(rows[0]?.count === this.position, 'the journal has as many events as were taken', rows);
    return this.position;
  }
}
