import { type Field, fieldNames, fields } from './field.ts';
import { operatorNames, operators } from './operator.ts';
import { weekdays } from './time-window.ts';

/** A text by its key, the `__names__` in it filled in. */
export type Words = (key: string, values?: Readonly<Record<string, string>>) => string;

/**
 * What a sentence is made of. The editor's catalogues say the same in other languages, by the same keys;
 * a dot in the name of a field is a dash there.
 */
export const english: Readonly<Record<string, string>> = {
  always: 'Fires on every event.',
  when: 'Fires when __conditions__.',
  and: 'and',
  or: 'or',
  within: 'is within __window__',
  outside: 'is outside __window__',
  days: '__first__ to __last__',
  ignoreCase: 'ignoring case',
  ifPresent: 'only if present',
  ...Object.fromEntries(fieldNames.map((name) => [fieldKey(name), fields[name].words])),
  ...Object.fromEntries(operatorNames.map((name) => [operatorKey(name), operators[name].words])),
  ...Object.fromEntries(
    fieldNames.flatMap((name) => valuesOf(fields[name]).map((value) => [valueKey(value), value])),
  ),
  ...Object.fromEntries(weekdays.map((day) => [dayKey(day), day])),
};

export const inEnglish: Words = (key, values = {}) =>
  (english[key] ?? key).replaceAll(/__([a-z]+)__/g, (place, name: string) => values[name] ?? place);

export function fieldKey(name: string): string {
  return `field.${name.replace('.', '-')}`;
}

export function operatorKey(name: string): string {
  return `operator.${name}`;
}

export function valueKey(value: string): string {
  return `value.${value}`;
}

export function dayKey(day: string): string {
  return `day.${day}`;
}

function valuesOf(field: Field): readonly string[] {
  return field.kind === 'enumeration' ? field.values : [];
}
