import { isVariableName } from '../event/variable-name.ts';
import {
  compileComparison,
  compileTime,
  type Comparison,
  type CompilePattern,
} from './comparison.ts';
import { type Field, fields, isFieldName } from './field.ts';
import { pathOf } from './read.ts';
import { isOperatorName } from './operator.ts';
import { fault, type Fault, isFault, type Problem } from './problem.ts';
import { quote } from './quote.ts';
import { listNames, type ListName, readRule, type Row, type Rule, type SavedRule } from './rule.ts';

export interface CompiledRow extends Comparison {
  readonly list: ListName;
  readonly row: Row;
}

/** A rule that can be evaluated: nothing in it is left to be parsed. */
export interface Trigger {
  readonly rule: Rule;
  readonly rows: readonly CompiledRow[];
  /** The accounts that rows name, by id, name or key; whether there are such, the caller knows. */
  readonly accounts: readonly string[];
}

export type Compiled =
  | { readonly ok: true; readonly trigger: Trigger }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Compiles both lists, or tells every row that is wrong. Never throws, whatever was saved. */
export function compile(saved: SavedRule, compilePattern: CompilePattern): Compiled {
  const rule = readRule(saved);
  const compiled = compileRows(rule, compilePattern);
  const problems = compiled.filter((row): row is Problem => isFault(row));
  if (problems.length > 0) return { ok: false, problems };
  const rows = compiled.filter((row): row is CompiledRow => !isFault(row));
  return { ok: true, trigger: { rule, rows, accounts: accountsOf(rows) } };
}

/** Every row for itself, the ones of `all` first: what can be asked, and what is wrong with the others. */
export function compileRows(
  rule: Rule,
  compilePattern: CompilePattern,
): readonly (CompiledRow | Problem)[] {
  return listNames.flatMap((list) =>
    rule[list].map((row, index) => {
      const compiled = compileRow(row, compilePattern);
      return isFault(compiled) ? { list, row: index, ...compiled } : { list, row, ...compiled };
    }),
  );
}

function compileRow(row: Row, compilePattern: CompilePattern): Comparison | Fault {
  const { field: name, operator } = row;
  if (name === '') return fault('noField', 'it names no field');
  if (!isFieldName(name)) return fault('unknownField', `there is no field ${quote(name)}`, name);
  if (operator === '') return fault('noOperator', 'it names no operator');
  if (!isOperatorName(operator)) {
    return fault('unknownOperator', `there is no operator ${quote(operator)}`, operator);
  }
  const field = fields[name];
  if (!field.operators.includes(operator)) {
    return fault('operatorNotForField', `"${name}" cannot be compared with "${operator}"`);
  }
  if (field.kind === 'time') return compileTime(row, operator);
  return missingPart(field, row) ?? compileComparison(field, row, operator, compilePattern);
}

function missingPart(field: Field, { name = '', path = '' }: Row): Fault | undefined {
  if (field.needs === 'name' && !isVariableName(name)) {
    return fault('noName', `${quote(name)} is no name of a variable`, name);
  }
  if (field.needs === 'path' && !pathOf(path)) {
    return fault('noPath', `${quote(path)} is no path to a property of msg`, path);
  }
  return undefined;
}

function accountsOf(rows: readonly CompiledRow[]): readonly string[] {
  const named = rows.filter(({ row }) => row.field === 'account').flatMap(({ wanted }) => wanted);
  return [...new Set(named)];
}
