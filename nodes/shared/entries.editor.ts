import { textOf } from './text.editor.ts';

/** What a row of a table says, by column. */
export type Entry<Key extends string> = { readonly [K in Key]: string | boolean };

interface Column<Key extends string> {
  readonly key: Key;
  /** Text unless it says otherwise. */
  readonly kind?: 'text' | 'select' | 'check';
}

/** The saved entries, each with every column; what is not an entry is left out. */
export function readEntries<Key extends string>(
  saved: unknown,
  columns: readonly Column<Key>[],
): Entry<Key>[] {
  if (!Array.isArray(saved)) return [];
  return saved.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const values = entry as Readonly<Record<string, unknown>>;
    const read = ({ key, kind }: Column<Key>) =>
      [key, kind === 'check' ? isTicked(values[key]) : textOf(values[key])] as const;
    return [Object.fromEntries(columns.map(read)) as Entry<Key>];
  });
}

/** Whether nothing was typed in a row; such rows are not saved. */
export function isBlank<Key extends string>(
  row: Entry<Key>,
  columns: readonly Column<Key>[],
): boolean {
  return columns.every(
    ({ key, kind }) => (kind ?? 'text') !== 'text' || String(row[key]).trim() === '',
  );
}

function isTicked(value: unknown): boolean {
  return value === true || value === 'true';
}
