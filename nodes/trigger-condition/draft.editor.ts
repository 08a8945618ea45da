import {
  type Control,
  controlOf,
  type Field,
  fieldNames,
  fields,
  isFieldName,
} from '../../src/condition/field.ts';
import { isOperatorName, operatorNames, operators } from '../../src/condition/operator.ts';
import type { Row } from '../../src/condition/rule.ts';
import { asWord, listOf, numberOf, scalarText } from '../../src/condition/text.ts';
import { readTimeValue, type TimeValue } from '../../src/condition/time-window.ts';

/**
 * A condition while it is being edited: what stands in each of its controls, also in those that are
 * not shown just now, so that trying another operator loses nothing.
 */
export interface Draft {
  readonly field: string;
  readonly operator: string;
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly entries: readonly string[];
  readonly low: string;
  readonly high: string;
  readonly time: TimeValue;
  readonly ifPresent: boolean;
  readonly ignoreCase: boolean;
}

export type RowOption = 'ifPresent' | 'ignoreCase';

/** What a row of the form shows. */
export interface RowView {
  readonly fields: readonly string[];
  readonly operators: readonly string[];
  /** The part of the row that says which variable or property is meant. */
  readonly part: 'name' | 'path' | undefined;
  readonly control: Control;
  readonly options: readonly RowOption[];
}

/** What a new choice starts from. */
export interface Surroundings {
  readonly accounts: readonly string[];
  readonly timeZone: string;
}

const officeHours: TimeValue = { timeZone: '', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };

export function draftOf(row: Row, { timeZone }: Pick<Surroundings, 'timeZone'>): Draft {
  const entries = listOf(row.value);
  const time = row.field === 'time' ? readTimeValue(row.value) : officeHours;
  return {
    field: row.field,
    operator: row.operator,
    name: row.name ?? '',
    path: row.path ?? '',
    text: scalarText(row.value),
    entries,
    low: entries[0] ?? '',
    high: entries[1] ?? '',
    time: { ...time, timeZone: time.timeZone || timeZone },
    ifPresent: row.ifPresent === true,
    ignoreCase: row.ignoreCase === true,
  };
}

/**
 * What is asked most: that the message is incoming, and below that, what it says. Any other row takes the
 * field and operator of the one above it.
 */
export function newDraft(above: Draft | undefined, around: Surroundings): Draft {
  const blank = draftOf({ field: '', operator: '', value: '' }, around);
  if (!above) {
    const message = withField({ ...blank, operator: 'equals' }, 'message', around);
    return { ...message, text: 'incoming' };
  }
  const { field, operator } = above;
  if (field !== 'message' || operator !== 'equals' || above.text !== 'incoming')
    return withField({ ...blank, operator }, field, around);
  const text = withField({ ...blank, operator: 'contains' }, 'message.text', around);
  return { ...text, ignoreCase: true };
}

/** The condition as it is saved, with the parts that its form shows and no others. */
export function rowOf(draft: Draft): Row {
  const { part, options } = viewOf(draft);
  return {
    field: draft.field,
    operator: draft.operator,
    value: valueOf(draft),
    ...(part === undefined ? {} : { [part]: draft[part].trim() }),
    ...Object.fromEntries(
      options.filter((option) => draft[option]).map((option) => [option, true]),
    ),
  };
}

export function withField(draft: Draft, field: string, around: Surroundings): Draft {
  const sameKind = kindOf(draft.field) === 'text' && kindOf(field) === 'text';
  const allowed: readonly string[] = isFieldName(field) ? fields[field].operators : operatorNames;
  const operator = allowed.includes(draft.operator) ? draft.operator : (allowed[0] ?? '');
  const blank = { text: '', entries: [], low: '', high: '', ignoreCase: false };
  const kept = sameKind ? draft : { ...draft, ...blank };
  return settled({ ...kept, field, operator }, around);
}

export function withOperator(draft: Draft, operator: string, around: Surroundings): Draft {
  return settled({ ...draft, operator }, around);
}

export function viewOf({ field: name, operator: operatorName }: Draft): RowView {
  const field = isFieldName(name) ? fields[name] : undefined;
  const operator = isOperatorName(operatorName) ? operators[operatorName] : undefined;
  return {
    fields: withSaved(fieldNames, name),
    operators: withSaved(field?.operators ?? operatorNames, operatorName),
    part: field?.needs,
    control: field && operator ? controlOf(field, operator) : { kind: 'text' },
    options: field && operator ? optionsOf(field, operatorName) : [],
  };
}

/** A select shows its first choice when nothing is chosen: then that is what the row says. */
function settled(draft: Draft, { accounts }: Surroundings): Draft {
  const { control } = viewOf(draft);
  const choices = control.kind === 'account' ? accounts : closedValues(control);
  return { ...draft, text: sameWord(choices, draft.text) ?? choices[0] ?? draft.text };
}

/** The one of the choices that a saved word means: "Opened" is `opened`. */
export function sameWord(choices: readonly string[], word: string): string | undefined {
  return choices.find((choice) => asWord(choice) === asWord(word));
}

function closedValues(control: Control): readonly string[] {
  return control.kind === 'enumeration' && !control.open ? control.values : [];
}

function valueOf(draft: Draft): unknown {
  const { control } = viewOf(draft);
  switch (control.kind) {
    case 'none':
      return '';
    case 'time':
      return draft.time;
    case 'list':
      return draft.entries;
    case 'range':
      return [numberOrText(draft.low), numberOrText(draft.high)];
    case 'number':
      return numberOrText(draft.text);
    case 'account':
    case 'enumeration':
    case 'text':
    case 'pattern':
      return draft.text;
  }
}

function optionsOf(field: Field, operator: string): RowOption[] {
  const negative = isOperatorName(operator) && 'negates' in operators[operator];
  const asksPresence = operator === 'exists' || operator === 'notExists';
  const compares = !['greaterThan', 'lessThan', 'between'].includes(operator) && !asksPresence;
  const options: RowOption[] = [];
  if (field.kind === 'text' && compares) options.push('ignoreCase');
  if (field.kind !== 'time' && negative && !asksPresence) options.push('ifPresent');
  return options;
}

function kindOf(field: string): Field['kind'] | undefined {
  return isFieldName(field) ? fields[field].kind : undefined;
}

function withSaved(known: readonly string[], saved: string): readonly string[] {
  return saved === '' || known.includes(saved) ? known : [...known, saved];
}

function numberOrText(text: string): number | string {
  const number = numberOf(text);
  return Number.isNaN(number) ? text.trim() : number;
}
