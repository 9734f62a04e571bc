import type pg from 'pg';

/** A statement that each connection parses once and then only binds; for the few that run all the time. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Runs prepared statements, each by itself in a transaction of its own. */
export interface Prepared {
  /** The first row that the statement answers. */
  first<Row>(statement: PreparedStatement, values: readonly unknown[]): Promise<Row | undefined>;
}

export function createPrepared(pool: pg.Pool): Prepared {
  return {
    async first<Row>({ name, text }: PreparedStatement, values: readonly unknown[]) {
      const { rows } = await pool.query({ name, text, values: [...values] });
      // The statement's author says what it answers.
      return rows[0] as Row | undefined;
    },
  };
}
