import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { createTally, type Tally } from './tally.ts';

/** The few calls that the commands need; statements are prepared once per text. */
export interface Sql {
  run(text: string, ...values: SQLInputValue[]): number;
  /** Answers the number of the new row. */
  insert(text: string, ...values: SQLInputValue[]): number;
  get<Row>(text: string, ...values: SQLInputValue[]): Row | undefined;
  all<Row>(text: string, ...values: SQLInputValue[]): Row[];
  readonly tally: Tally;
}

export function sqlOf(database: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    let found = prepared.get(text);
    if (!found) prepared.set(text, (found = database.prepare(text)));
    return found;
  };
  return {
    run: (text, ...values) => Number(statement(text).run(...values).changes),
    insert: (text, ...values) => Number(statement(text).run(...values).lastInsertRowid),
    get: <Row>(text: string, ...values: SQLInputValue[]) =>
      statement(text).get(...values) as Row | undefined,
    all: <Row>(text: string, ...values: SQLInputValue[]) => statement(text).all(...values) as Row[],
    tally: createTally(),
  };
}
