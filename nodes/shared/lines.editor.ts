import { makeTable, type Column } from './table.editor.ts';
import type { RowsOptions } from './rows.editor.ts';

type Texts = Omit<RowsOptions<unknown>, 'render' | 'rows' | 'blank' | 'check'>;

export interface LinesOptions extends Texts {
  readonly column: Omit<Column<'entry'>, 'key' | 'kind' | 'options'>;
  readonly entries: unknown;
  readonly check?: (entries: readonly string[]) => true | string;
}

/** A list of single texts, such as hosts or user names. Empty rows are not saved. */
export function makeLines(options: LinesOptions): { read(): string[] } {
  const { entries, column, check, ...texts } = options;
  const saved: readonly unknown[] = Array.isArray(entries) ? entries : [];
  const table = makeTable<'entry'>({
    ...texts,
    columns: [{ ...column, key: 'entry' }],
    blank: () => ({ entry: '' }),
    rows: saved.map((entry) => ({ entry })),
    ...(check ? { check: (rows) => check(entriesOf(rows)) } : {}),
  });
  return { read: () => entriesOf(table.read()) };
}

function entriesOf(rows: readonly { readonly entry: string | boolean }[]): string[] {
  return rows.map(({ entry }) => String(entry).trim()).filter((entry) => entry !== '');
}
