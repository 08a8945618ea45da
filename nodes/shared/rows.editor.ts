import { make, makeIconButton } from './make.editor.ts';
import type { Say } from './say.editor.ts';

export interface RowsOptions<Row> {
  /** The id of the `<ol>` in the form. */
  readonly list: string;
  /** What the list is called, for those who do not see its heading. */
  readonly label: string;
  readonly addLabel: string;
  readonly say: Say;
  readonly rows: readonly Row[];
  readonly blank: () => Row;
  /** Puts a row's controls into its place and answers how to read them. */
  readonly render: (row: Row, place: HTMLElement, changed: () => void) => () => Row;
  readonly changed?: () => void;
  /** What is wrong with the list as a whole, shown below it. */
  readonly check?: (rows: readonly Row[]) => true | string;
}

export interface Rows<Row> {
  read(): Row[];
}

export interface ReplaceableRows<Row> extends Rows<Row> {
  /** Shows these rows in the place of those that are there. */
  replace(rows: readonly Row[]): void;
}

/** The editor's list of rows, to be sorted by mouse and, with buttons on every row, by keyboard. */
export function makeRows<Row>(options: RowsOptions<Row>): ReplaceableRows<Row> {
  const { say } = options;
  const list = $<HTMLElement>(`#${options.list}`);
  const readers = new WeakMap<HTMLElement, () => Row>();
  const reason = make('div', { class: 'wa-reason', role: 'status' });
  const changed = () => {
    showReason();
    options.changed?.();
  };
  const places = () => list.find('> li > .red-ui-editableList-item-content').toArray();
  const add = (row: Row) => list.editableList('addItem', { row });

  list.editableList({
    addButton: false,
    buttons: [{ label: options.addLabel, icon: 'fa fa-plus', click: addBlank }],
    sortable: true,
    removable: false,
    height: 'auto',
    scrollOnAdd: false,
    ariaLabel: options.label,
    sortItems: changed,
    addItem: (content, _index, data) => {
      const place = content.get(0);
      if (!place) return;
      place.classList.add('wa-item');
      const cells = make('div', { class: 'wa-cells' });
      place.append(cells, buttons(place));
      readers.set(place, options.render((data as { row: Row }).row, cells, changed));
    },
  });
  for (const row of options.rows) add(row);
  list.closest('.red-ui-editableList').append(reason);
  showReason();

  function addBlank(): void {
    add(options.blank());
    const control = places().at(-1)?.querySelector<HTMLElement>('input, select, textarea');
    control?.focus();
    changed();
  }

  function buttons(place: HTMLElement): HTMLElement {
    return make(
      'div',
      { class: 'wa-item-buttons' },
      makeIconButton('fa-arrow-up', say('rows.up'), () => move(place, -1)),
      makeIconButton('fa-arrow-down', say('rows.down'), () => move(place, 1)),
      makeIconButton('fa-remove', say('rows.remove'), () => remove(place)),
    );
  }

  function move(place: HTMLElement, step: -1 | 1): void {
    const item = place.closest('li');
    if (step < 0) item?.previousElementSibling?.before(item);
    else item?.nextElementSibling?.after(item);
    const [up, down] = place.querySelectorAll<HTMLElement>('.wa-item-buttons > button');
    const [pressed, other] = step < 0 ? [up, down] : [down, up];
    // At the end of the way the button is gone, and the focus with it.
    const stays = pressed?.checkVisibility({ visibilityProperty: true });
    (stays ? pressed : other)?.focus();
    changed();
  }

  function remove(place: HTMLElement): void {
    const at = places().indexOf(place);
    place.closest('li')?.remove();
    const next = places()[Math.min(at, places().length - 1)];
    const adder = list.closest('.red-ui-editableList').find('.red-ui-editableList-addButton');
    (next?.querySelector<HTMLElement>('input, select') ?? adder.get(0))?.focus();
    changed();
  }

  function read(): Row[] {
    return places().flatMap((place) => readers.get(place)?.() ?? []);
  }

  function replace(rows: readonly Row[]): void {
    for (const place of places()) place.closest('li')?.remove();
    for (const row of rows) add(row);
    changed();
  }

  function showReason(): void {
    const answer = options.check?.(read()) ?? true;
    reason.textContent = answer === true ? '' : answer;
  }

  return { read, replace };
}
