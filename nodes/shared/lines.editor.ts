import { makeTable, type Column } from './table.editor.ts';
import type { RowsOptions } from './rows.editor.ts';
import { keptList, listedIn, oneEntry, type Split } from './text-list.editor.ts';

type Texts = Omit<RowsOptions<unknown>, 'render' | 'rows' | 'blank' | 'check'>;

export interface LinesOptions extends Texts {
  readonly column: Omit<Column<'entry'>, 'key' | 'kind' | 'options'>;
  readonly entries: unknown;
  /** Given where the runtime takes one text in the place of the list. */
  readonly split?: Split;
  readonly check?: (entries: readonly string[]) => true | string;
}

export interface Lines {
  read(): string | readonly string[];
}

/** A list of single texts, such as hosts or user names. Empty rows are not saved. */
export function makeLines(options: LinesOptions): Lines {
  const { entries, split, column, check, ...texts } = options;
  const table = makeTable<'entry'>({
    ...texts,
    columns: [{ ...column, key: 'entry' }],
    blank: () => ({ entry: '' }),
    rows: listedIn(entries, split ?? oneEntry).map((entry) => ({ entry })),
    ...(check ? { check: (rows) => check(entriesOf(rows)) } : {}),
  });
  const read = () => entriesOf(table.read());
  return { read: () => (split ? keptList(entries, read(), split) : read()) };
}

function entriesOf(rows: readonly { readonly entry: string | boolean }[]): string[] {
  return rows.map(({ entry }) => String(entry).trim()).filter((entry) => entry !== '');
}
