import type { CompiledRow } from './compile.ts';
import type { KnownAccount } from './possible.ts';
import type { FaultCode } from './problem.ts';
import type { ListName } from './rule.ts';

/** What is known around a rule; a list that is missing is not asked. */
export interface Known {
  /** By the texts that rows may call them by: id, name, key. */
  readonly accounts: readonly KnownAccount[];
  readonly queues?: readonly string[];
  readonly agents?: readonly string[];
  readonly variables?: readonly string[];
}

export const logicCodes = [
  /** No message can meet it. */
  'neverMet',
  /** Nor can any meet it together with the other one. */
  'contradicts',
  /** Nor together with all of the first list, or with all above it. */
  'contradictsAll',
  /** Every event meets it. */
  'alwaysMet',
  /** Every event meets it or the other one of a list that asks for any. */
  'alwaysEither',
  'repeated',
  /** Whoever meets the other one meets it too. */
  'implied',
  /** Whoever meets it meets the other one of a list that asks for any. */
  'covered',
  /** Whoever meets the first list meets it: the second one asks nothing. */
  'demanded',
] as const;

export type LogicCode = (typeof logicCodes)[number];

export const hintCodes = [
  /** Only rows that ask for something else: what does not have the field at all meets them too. */
  'alsoAbsent',
  /** No phone number is written so. */
  'phoneForm',
  /** The pattern is found in every text. */
  'anyText',
  'unknownQueue',
  'unknownAgent',
  'unknownVariable',
] as const;

export type HintCode = (typeof hintCodes)[number];

/** A row in its place; both count from 0. */
export interface Place {
  readonly list: ListName;
  readonly row: number;
}

/** Something to be said of a row. */
export interface Finding extends Place {
  readonly code: FaultCode | LogicCode | HintCode | 'unknownAccount';
  /** With a fault nothing is asked at all; a hint is about what may well be meant so. */
  readonly level: 'fault' | 'warning' | 'hint';
  /** The words of the row that are wrong. */
  readonly text?: string;
  /** What may be meant instead. */
  readonly near?: string;
  /** A fault in English. */
  readonly reason?: string;
  readonly other?: Place;
}

/** A row that can be asked, in its place. */
export interface PlacedRow extends Place {
  readonly compiled: CompiledRow;
}
