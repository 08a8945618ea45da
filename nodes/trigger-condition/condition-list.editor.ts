import { isFieldName } from '../../src/condition/field.ts';
import { isOperatorName } from '../../src/condition/operator.ts';
import type { ListName, Row } from '../../src/condition/rule.ts';
import { make } from '../shared/make.editor.ts';
import { makeRows, type Rows } from '../shared/rows.editor.ts';
import {
  type Draft,
  newDraft,
  type RowOption,
  type Surroundings,
  viewOf,
  withField,
  withOperator,
} from './draft.editor.ts';
import { openRows } from './saved-rows.editor.ts';
import { makeRowNotes, type Note, type RowNotes } from './row-notes.editor.ts';
import { choice, makeValue, text, type ValueContext } from './value-control.editor.ts';

export interface ListOptions extends Omit<ValueContext, 'update'> {
  readonly name: ListName;
  readonly saved: unknown;
  readonly around: Surroundings;
  readonly changed: () => void;
}

export interface Conditions extends Rows<Row> {
  /** What is to be saved. */
  save(): unknown[];
  /** Shows below each row what is to be said of it. */
  show(notes: (row: number) => readonly Note[]): void;
}

/** One of the two lists of conditions. */
export function makeConditions(options: ListOptions): Conditions {
  const { name, saved, around, say } = options;
  const notesAt = new WeakMap<Element, RowNotes>();
  const opened = openRows(name, saved, around);
  const rows: Rows<Draft> = makeRows<Draft>({
    list: `trigger-condition-${name}`,
    label: say(`label.${name}`),
    addLabel: say('rows.condition'),
    say,
    rows: opened.drafts,
    blank: () => newDraft(rows.read().at(-1), around),
    render: (draft, place, changed) => {
      const notes = makeRowNotes();
      notesAt.set(place, notes);
      return renderRow(draft, place, notes.place, { ...options, changed });
    },
    changed: options.changed,
  });
  return {
    read: () => rows.read().map(opened.read),
    save: () => rows.read().map(opened.save),
    show(notes) {
      const places = document.querySelectorAll(`#trigger-condition-${name} > li .wa-cells`);
      for (const [row, place] of [...places].entries()) notesAt.get(place)?.show(notes(row));
    },
  };
}

/** Draws a row anew when a choice changes what it shows; typing only changes the draft. */
function renderRow(
  start: Draft,
  place: HTMLElement,
  notes: HTMLElement,
  options: ListOptions,
): () => Draft {
  const { say, around, changed } = options;
  let draft = start;
  const update = (part: Partial<Draft>) => {
    draft = { ...draft, ...part };
    changed();
  };
  const redraw = (next: Draft, focus: 'field' | 'operator') => {
    draft = next;
    draw();
    place.querySelector<HTMLElement>(`[data-part=${focus}] select`)?.focus();
    changed();
  };
  const draw = () => {
    const view = viewOf(draft);
    const field = choice(say('column.field'), named(view.fields, 'field'), draft.field, (value) =>
      redraw(withField(draft, value, around), 'field'),
    );
    const operator = choice(
      say('column.operator'),
      named(view.operators, 'operator'),
      draft.operator,
      (value) => redraw(withOperator(draft, value, around), 'operator'),
    );
    field.dataset['part'] = 'field';
    operator.dataset['part'] = 'operator';
    const value = makeValue(draft, view.control, { ...options, update });
    const ticks = make('div', { class: 'wa-options' }, ...view.options.map(optionTick));
    place.replaceChildren(field, ...partOf(view.part), operator, ...value, ticks, notes);
  };
  const named = (names: readonly string[], group: string) =>
    names.map((name) => ({
      value: name,
      label: isKnown(name) ? say(`${group}.${keyOf(name)}`) : name,
    }));
  const partOf = (part: 'name' | 'path' | undefined) => {
    if (part === undefined) return [];
    const attributes = { list: options.suggestions(`${part}s`), spellcheck: 'false' };
    const typed = (value: string) => update({ [part]: value });
    return [text(say(`column.${part}`), draft[part], typed, attributes)];
  };
  const optionTick = (option: RowOption) => {
    const box = make('input', { type: 'checkbox' });
    box.checked = draft[option];
    box.addEventListener('change', () => update({ [option]: box.checked }));
    return make('label', { class: 'wa-check wa-option' }, box, say(`option.${option}`));
  };
  draw();
  return () => draft;
}

/** A word that a later version or a person's hand put there has no text of its own. */
function isKnown(name: string): boolean {
  return isFieldName(name) || isOperatorName(name);
}

/** i18next takes a dot for a step into the catalogue. */
function keyOf(name: string): string {
  return name.replace('.', '-');
}
