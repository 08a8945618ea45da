import type { CompiledRow } from './compile.ts';
import { type FieldName, isFieldName } from './field.ts';
import { type Claim, somePresentText } from './possible-text.ts';
import { pathOf } from './read.ts';
import {
  isShapeField,
  mayBeAbsent,
  mayBePresent,
  type Shape,
  type ShapeField,
  shapes,
} from './shapes.ts';
import { minutesOf, readTimeValue } from './time-window.ts';

/** An account by the texts that rows may call it by: id, name, key. */
export type KnownAccount = readonly string[];

/** What a field can be when every claim about it holds. */
interface Sense {
  readonly field: FieldName;
  readonly present: boolean;
  readonly absent: boolean;
}

/**
 * Whether some message can meet all of the claims; false only where that is certain. Among the events
 * alone, or among all messages that may reach a trigger.
 */
export function isPossible(
  claims: readonly Claim[],
  accounts: readonly KnownAccount[],
  among: 'events' | 'messages' = 'messages',
): boolean {
  const shaped = claims.filter(({ row }) => isShapeField(row.row.field));
  const others = claims.filter(({ row }) => !isShapeField(row.row.field));
  const senses = bySubject(others).map((group) => senseOf(group, accounts));
  return shapes.some(
    (shape) =>
      (shape.isEvent || among === 'messages') &&
      shaped.every((claim) => holdsIn(shape, claim)) &&
      senses.every((sense) => fits(shape, sense)),
  );
}

function holdsIn(shape: Shape, { row, is }: Claim): boolean {
  const value = shape[row.row.field as ShapeField];
  return row.meets?.(value === undefined ? [] : [value]) === is;
}

function fits(shape: Shape, { field, present, absent }: Sense): boolean {
  return (present && mayBePresent(shape, field)) || (absent && mayBeAbsent(shape, field));
}

function bySubject(claims: readonly Claim[]): readonly (readonly Claim[])[] {
  return Object.values(Object.groupBy(claims, ({ row }) => subjectOf(row))).map(
    (group) => group ?? [],
  );
}

function subjectOf({ row }: CompiledRow): string {
  if (row.field === 'variable') return `variable ${row.name}`;
  if (row.field === 'msg') return `msg ${pathOf(row.path ?? '')?.join('\0')}`;
  return row.field === 'time' ? `time ${readTimeValue(row.value).timeZone}` : row.field;
}

function senseOf(claims: readonly Claim[], accounts: readonly KnownAccount[]): Sense {
  const name = claims[0]?.row.row.field ?? '';
  const field = isFieldName(name) ? name : 'msg';
  if (field === 'time') return { field, present: someMoment(claims), absent: false };
  const absent = claims.every(({ row, is }) => row.meets?.([]) === is);
  const present = field === 'account' ? someAccount(claims, accounts) : somePresentText(claims);
  return { field, present, absent };
}

/** Also one that is yet to be made. */
function someAccount(claims: readonly Claim[], accounts: readonly KnownAccount[]): boolean {
  return [...accounts, ['']].some((texts) =>
    claims.every(({ row, is }) => row.meets?.(texts) === is),
  );
}

/** Between the minutes at which a window of one time zone starts or ends, nothing changes. */
function someMoment(claims: readonly Claim[]): boolean {
  const ends = claims.flatMap(({ row }) => {
    const { from, to } = readTimeValue(row.row.value);
    return [minutesOf(from), minutesOf(to) % (24 * 60)];
  });
  const moments = [1, 2, 3, 4, 5, 6, 7].flatMap((day) =>
    [0, ...ends].map((minutes) => ({ day, minutes })),
  );
  return moments.some((moment) => claims.every(({ row, is }) => row.meetsAt?.(moment) === is));
}
