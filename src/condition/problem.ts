import type { ListName } from './rule.ts';

export type FaultCode =
  | 'unknownField'
  | 'unknownOperator'
  | 'operatorNotForField'
  | 'noName'
  | 'noPath'
  | 'noAccount'
  | 'noValue'
  | 'unknownValue'
  | 'noNumber'
  | 'noRange'
  | 'badPattern'
  | 'badTime';

/** Why a row cannot be evaluated. */
export interface Fault {
  readonly code: FaultCode;
  /** An English clause, without a full stop. */
  readonly reason: string;
}

/** A fault and the place of its row; `row` counts from 0. */
export interface Problem extends Fault {
  readonly list: ListName;
  readonly row: number;
}

export function fault(code: FaultCode, reason: string): Fault {
  return { code, reason };
}

export function isFault(result: object): result is Fault {
  return 'reason' in result && 'code' in result;
}

/** Such as `Condition 2 of "all": there is no field "colour"`. */
export function describeProblem({ list, row, reason }: Problem): string {
  return `Condition ${row + 1} of "${list}": ${reason}`;
}
