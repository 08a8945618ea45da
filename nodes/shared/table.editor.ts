import { explain } from './check.editor.ts';
import { type Entry, isBlank, readEntries } from './entries.editor.ts';
import { make, makeSelect } from './make.editor.ts';
import { announceList, makePickButton } from './variables/pick-button.editor.ts';
import { makeRows, type Rows, type RowsOptions } from './rows.editor.ts';
import { orEnvironment, type Reason, type Rule } from './rules.editor.ts';
import type { Say } from './say.editor.ts';

export interface Column<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly kind?: 'text' | 'select' | 'check';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
  /** Offered while typing. */
  readonly suggestions?: readonly string[];
  readonly rule?: Rule;
  /** Whether variables may stand in it: then they can be picked. */
  readonly variables?: boolean;
  /** The class of the cell, for its width. */
  readonly width?: 'narrow' | 'wide';
}

export interface TableOptions<Key extends string> extends Omit<
  RowsOptions<Entry<Key>>,
  'render' | 'rows'
> {
  readonly columns: readonly Column<Key>[];
  readonly rows: unknown;
}

/** A list of rows with the same few controls each, such as headers: name and value. */
export function makeTable<Key extends string>(options: TableOptions<Key>): Rows<Entry<Key>> {
  const { columns, say } = options;
  for (const column of columns) if (column.suggestions) addSuggestions(options.list, column);
  const rows = makeRows<Entry<Key>>({
    ...options,
    rows: readEntries(options.rows, columns),
    render: (row, place, changed) => {
      const readers = columns.map((column) => {
        const { cell, read } = makeCell(options.list, column, row[column.key], say, changed);
        place.append(cell);
        return [column.key, read] as const;
      });
      return () => Object.fromEntries(readers.map(([key, read]) => [key, read()])) as Entry<Key>;
    },
  });
  return { read: () => rows.read().filter((row) => !isBlank(row, columns)) };
}

export interface Cell {
  readonly cell: HTMLElement;
  readonly read: () => string | boolean;
}

export function makeCell<Key extends string>(
  list: string,
  column: Column<Key>,
  value: string | boolean,
  say: Say,
  changed: () => void,
): Cell {
  const control = makeControl(list, column, value);
  const caption = make('span', { class: 'wa-caption' }, column.label);
  const reason = make('span', { class: 'wa-reason', role: 'status' });
  const width = `wa-${column.width ?? 'even'}`;
  const label = make('label', { class: `wa-cell ${width}` }, caption, control, reason);
  if (column.variables) announceList(control);
  const cell = column.variables ? withPickButton(label, width) : label;
  const read = () =>
    column.kind === 'check' ? (control as HTMLInputElement).checked : control.value;
  const rule = column.rule && orEnvironment(column.rule);
  const update = () => show(reason, control, rule?.(control.value), say);
  $(control).on('input change', () => {
    update();
    changed();
  });
  if (value !== '') update();
  return { cell, read };
}

/** Beside the label, not in it: the button is not what the control is called. */
function withPickButton(label: HTMLElement, width: string): HTMLElement {
  return make('div', { class: `wa-picked ${width}` }, label, makePickButton());
}

function makeControl<Key extends string>(
  list: string,
  column: Column<Key>,
  value: string | boolean,
): HTMLInputElement | HTMLSelectElement {
  if (column.kind === 'select') return makeSelect({}, column.options ?? [], String(value));
  const isCheck = column.kind === 'check';
  const control = make('input', {
    type: isCheck ? 'checkbox' : 'text',
    placeholder: column.placeholder,
    autocomplete: 'off',
    list: column.suggestions ? `${list}-${column.key}` : undefined,
    'data-variables': column.variables === true,
  });
  if (isCheck) control.checked = value === true;
  else control.value = String(value);
  return control;
}

function show(place: HTMLElement, control: HTMLElement, reason: Reason | undefined, say: Say) {
  place.textContent = reason ? explain(say, reason) : '';
  control.classList.toggle('input-error', reason !== undefined);
  control.setAttribute('aria-invalid', String(reason !== undefined));
}

function addSuggestions<Key extends string>(list: string, column: Column<Key>): void {
  const options = (column.suggestions ?? []).map((value) => make('option', { value }));
  document
    .getElementById(list)
    ?.before(make('datalist', { id: `${list}-${column.key}` }, ...options));
}
