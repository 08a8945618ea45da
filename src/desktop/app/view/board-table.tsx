import type { ComponentChild } from 'preact';
import { useWords } from './use-words.ts';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ComponentChild;
  /** `name`: it names its row. `cut`: it gives way to the others. `minor`: only where there is room. */
  readonly kind?: 'name' | 'number' | 'cut' | 'minor';
}

interface Props<Row> {
  readonly id: string;
  readonly title: string;
  /** How many rows there are, also those that are not listed. */
  readonly count?: number;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** Shown in the place of rows when there are none. */
  readonly none: string;
}

export function BoardTable<Row>({ id, title, count, rows, keyOf, columns, none }: Props<Row>) {
  const words = useWords().board;
  const heading = `${id}-heading`;
  return (
    <section class={`board-part ${id}`} aria-labelledby={heading}>
      <h2 id={heading}>
        {title}{' '}
        {count !== undefined && rows.length > 0 && (
          <span class="count">
            {rows.length < count ? words.countOf(rows.length, count) : count}
          </span>
        )}
      </h2>
      {rows.length === 0 ? (
        <p class="empty">{none}</p>
      ) : (
        <div class="table" tabIndex={0} role="group" aria-labelledby={heading}>
          <table>
            <thead>
              <tr>
                {columns.map(({ head, kind }) => (
                  <th key={head} scope="col" class={kind}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)}>
                  {columns.map((column) => (
                    <Cell key={column.head} column={column} row={row} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
}

function Cell<Row>({ column: { kind, cell }, row }: CellProps<Row>) {
  return kind === 'name' ? <th scope="row">{cell(row)}</th> : <td class={kind}>{cell(row)}</td>;
}
