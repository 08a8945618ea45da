import type { ListName } from './rule.ts';

export const faultCodes = [
  'noField',
  'unknownField',
  'noOperator',
  'unknownOperator',
  'operatorNotForField',
  'noName',
  'noPath',
  'noAccount',
  'noValue',
  'notSingle',
  'unknownValue',
  'noNumber',
  'noRange',
  'upsideDown',
  'badPattern',
  'noTimeZone',
  'unknownTimeZone',
  'badTime',
  'emptyWindow',
  'badDay',
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** Why a row cannot be evaluated. */
export interface Fault {
  readonly code: FaultCode;
  /** An English clause, without a full stop. */
  readonly reason: string;
  /** The text that is wrong, as it was written, for those who say the reason in their own words. */
  readonly text?: string;
}

/** A fault and the place of its row; `row` counts from 0. */
export interface Problem extends Fault {
  readonly list: ListName;
  readonly row: number;
}

export function fault(code: FaultCode, reason: string, text?: string): Fault {
  return text === undefined ? { code, reason } : { code, reason, text };
}

export function isFault(result: object): result is Fault {
  return 'reason' in result && 'code' in result;
}

/** Such as `Condition 2 of "all": there is no field "colour"`. */
export function describeProblem({ list, row, reason }: Problem): string {
  return `Condition ${row + 1} of "${list}": ${reason}`;
}
