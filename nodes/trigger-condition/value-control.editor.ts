import type { Control } from '../../src/condition/field.ts';
import { weekdays } from '../../src/condition/time-window.ts';
import { make, makeSelect } from '../shared/make.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import { type Draft, sameWord } from './draft.editor.ts';

export interface ValueContext {
  readonly say: Say;
  readonly accounts: readonly { readonly value: string; readonly label: string }[];
  /** The datalist that fits the field's texts, if there is one. */
  readonly suggestions: (field: string) => string | undefined;
  readonly update: (part: Partial<Draft>) => void;
}

/** The control, or controls, in which a row's value is entered; none for "exists". */
export function makeValue(draft: Draft, control: Control, context: ValueContext): HTMLElement[] {
  const { say, accounts, update } = context;
  const label = say('column.value');
  switch (control.kind) {
    case 'none':
      return [];
    case 'account':
      return [choice(label, accounts, draft.text, (text) => update({ text }))];
    case 'enumeration':
      return [enumeration(draft, control, context)];
    case 'text':
    case 'pattern':
    case 'number':
      return [
        text(
          label,
          draft.text,
          (value) => update({ text: value }),
          attributesOf(draft, control, context),
        ),
      ];
    case 'range':
      return range(draft, context);
    case 'list':
      return [list(draft, control, context)];
    case 'time':
      return time(draft, context);
  }
}

export function choice(
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
  chosen: (value: string) => void,
): HTMLElement {
  const select = makeSelect({}, options, value);
  select.addEventListener('change', () => chosen(select.value));
  return cell(label, select);
}

export function text(
  label: string,
  value: string,
  typed: (value: string) => void,
  attributes: Readonly<Record<string, string | undefined>> = {},
  width = 'even',
): HTMLElement {
  const input = make('input', { type: 'text', autocomplete: 'off', ...attributes });
  input.value = value;
  input.addEventListener('input', () => typed(input.value));
  return cell(label, input, width);
}

function cell(label: string, control: HTMLElement, width = 'even'): HTMLElement {
  const caption = make('span', { class: 'wa-caption' }, label);
  return make('label', { class: `wa-cell wa-${width}` }, caption, control);
}

function attributesOf(draft: Draft, control: Control, { suggestions }: ValueContext) {
  if (control.kind === 'pattern') return { spellcheck: 'false', placeholder: '^order \\d+$' };
  if (control.kind === 'number') return { inputmode: 'decimal' };
  return { list: suggestions(draft.field) };
}

function enumeration(
  draft: Draft,
  control: Extract<Control, { kind: 'enumeration' }>,
  context: ValueContext,
): HTMLElement {
  const { say, suggestions, update } = context;
  const changed = (value: string) => update({ text: value });
  if (control.open) {
    return text(say('column.value'), draft.text, changed, { list: suggestions(draft.field) });
  }
  const options = control.values.map((value) => ({ value, label: say(`value.${value}`) }));
  return choice(
    say('column.value'),
    options,
    sameWord(control.values, draft.text) ?? draft.text,
    changed,
  );
}

function range(draft: Draft, { say, update }: ValueContext): HTMLElement[] {
  const attributes = { inputmode: 'decimal' };
  return [
    text(say('column.low'), draft.low, (low) => update({ low }), attributes, 'narrow wa-spoken'),
    text(
      say('column.high'),
      draft.high,
      (high) => update({ high }),
      attributes,
      'narrow wa-spoken',
    ),
  ];
}

function list(
  draft: Draft,
  control: Extract<Control, { kind: 'list' }>,
  context: ValueContext,
): HTMLElement {
  const { say, accounts, update } = context;
  const changed = (entries: readonly string[]) => update({ entries });
  if (control.of === 'account')
    return ticks(say('column.values'), accounts, draft.entries, changed);
  if (control.of === 'enumeration') {
    const options = control.values.map((value) => ({ value, label: say(`value.${value}`) }));
    return ticks(say('column.values'), options, draft.entries, changed);
  }
  const area = make('textarea', { rows: '3', placeholder: say('placeholder.lines') });
  area.value = draft.entries.join('\n');
  area.addEventListener('input', () => changed(linesOf(area.value)));
  return cell(say('column.values'), area);
}

function linesOf(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A saved entry that is none of the options is kept as one more tick. */
function ticks(
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  saved: readonly string[],
  changed: (ticked: string[]) => void,
): HTMLElement {
  const values = options.map(({ value }) => value);
  const unknown = saved.filter((entry) => sameWord(values, entry) === undefined);
  const all = [...options, ...unknown.map((entry) => ({ value: entry, label: entry }))];
  const legend = make('legend', { class: 'wa-caption' }, label);
  const group = make('fieldset', { class: 'wa-checks wa-cell' }, legend);
  const boxes = all.map((option) => {
    const box = make('input', { type: 'checkbox', value: option.value });
    box.checked = sameWord(saved, option.value) !== undefined;
    group.append(make('label', { class: 'wa-check' }, box, option.label));
    return box;
  });
  group.addEventListener('change', () => {
    changed(boxes.filter((box) => box.checked).map((box) => box.value));
  });
  return group;
}

function time(draft: Draft, { say, suggestions, update }: ValueContext): HTMLElement[] {
  const { time: current } = draft;
  let latest = current;
  const change = (part: Partial<typeof current>) => {
    latest = { ...latest, ...part };
    update({ time: latest });
  };
  const days = weekdays.map((name, index) => ({
    value: String(index + 1),
    label: say(`day.${name}`),
  }));
  const ticked = current.days.map(String);
  const chosenDays = ticks(say('column.days'), days, ticked, (chosen) =>
    change({ days: chosen.map(Number) }),
  );
  chosenDays.classList.add('wa-spoken');
  return [
    text(say('column.from'), current.from, (from) => change({ from }), {}, 'narrow wa-spoken'),
    text(say('column.to'), current.to, (to) => change({ to }), {}, 'narrow wa-spoken'),
    text(
      say('column.zone'),
      current.timeZone,
      (timeZone) => change({ timeZone }),
      { list: suggestions('time') },
      'even wa-spoken',
    ),
    chosenDays,
  ];
}
