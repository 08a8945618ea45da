import type { CompiledRow } from './compile.ts';
import { fields, isFieldName } from './field.ts';
import { isOperatorName, type OperatorName, operators } from './operator.ts';
import { asWord, exactly, type Fold, numberOf, withoutCase } from './text.ts';

/** A row, and whether it is to be met. */
export interface Claim {
  readonly row: CompiledRow;
  readonly is: boolean;
}

/** What a claim says of a text that is there, in the words of a positive operator. */
interface Statement {
  readonly claim: Claim;
  readonly operator: OperatorName;
  readonly holds: boolean;
  readonly fold: Fold;
  readonly wanted: readonly string[];
}

const numeric: ReadonlySet<string> = new Set(['greaterThan', 'lessThan', 'between']);
const assertion = /[$^]|\\[AzZbB]/;

/** Whether some text agrees with every claim about one field; false only where that is certain. */
export function somePresentText(claims: readonly Claim[]): boolean {
  const statements = claims.map(statementOf);
  if (statements.some(isImpossible)) return false;
  const listed = statements.filter(
    ({ operator, holds }) => holds && (operator === 'equals' || operator === 'in'),
  );
  // A list that counts every letter names all candidates; else only those that fold alike can be asked.
  const forced = listed.find(({ fold }) => fold === exactly) ?? listed[0];
  if (forced) return forced.claim.row.wanted.some((text) => agrees(text, forced, statements));
  return (
    !statements.some((one) => statements.some((other) => contradict(one, other))) &&
    someNumber(statements)
  );
}

function statementOf(claim: Claim): Statement {
  const { row } = claim.row;
  const operator = isOperatorName(row.operator) ? row.operator : 'exists';
  const definition = operators[operator];
  const negated = 'negates' in definition;
  const fold = foldOf(claim.row);
  const flags = row.operator === 'matches' && row.ignoreCase ? ['(?i)'] : [];
  return {
    claim,
    operator: negated ? definition.negates : operator,
    holds: claim.is !== negated,
    fold,
    wanted: [...flags, ...claim.row.wanted.map(fold)],
  };
}

/** A pattern is asked of the text as it is, and would be another one in upper case: \d is not \D. */
function foldOf({ row }: CompiledRow): Fold {
  if (row.operator === 'matches') return exactly;
  if (isFieldName(row.field) && fields[row.field].kind === 'enumeration') return asWord;
  return row.ignoreCase ? withoutCase : exactly;
}

/** Denies what every text has: that it is there, or a pattern that is found in every text. */
function isImpossible({ operator, holds, claim: { row } }: Statement): boolean {
  if (holds) return false;
  return operator === 'exists' || (operator === 'matches' && findsEverything(row));
}

/** A pattern that matches nothing at all, and asks nothing of the place, does so in every text. */
export function findsEverything({ row, wanted, meets }: CompiledRow): boolean {
  return row.operator === 'matches' && !assertion.test(wanted.join()) && meets?.(['']) === true;
}

function agrees(text: string, forced: Statement, statements: readonly Statement[]): boolean {
  return statements.every(({ claim, fold, operator }) => {
    const isAsked = forced.fold === exactly || fold === forced.fold || numeric.has(operator);
    return !isAsked || claim.row.meets?.([text]) === claim.is;
  });
}

function contradict(one: Statement, other: Statement): boolean {
  if (!one.holds || one.fold !== other.fold) return false;
  return other.holds ? exclude(one, other) : implies(one, other);
}

/** Two beginnings, or two ends, of which neither continues the other. */
function exclude(one: Statement, other: Statement): boolean {
  if (one.operator !== other.operator) return false;
  const [a = ''] = one.wanted;
  const [b = ''] = other.wanted;
  if (one.operator === 'startsWith') return !a.startsWith(b) && !b.startsWith(a);
  return one.operator === 'endsWith' && !a.endsWith(b) && !b.endsWith(a);
}

function implies(one: Statement, other: Statement): boolean {
  if (one.operator === other.operator && one.wanted.join('\0') === other.wanted.join('\0')) {
    return true;
  }
  const [has = ''] = one.wanted;
  const [wanted = ''] = other.wanted;
  if (!['startsWith', 'endsWith', 'contains'].includes(one.operator)) return false;
  if (other.operator === 'contains') return has.includes(wanted);
  if (one.operator !== other.operator) return false;
  return one.operator === 'startsWith' ? has.startsWith(wanted) : has.endsWith(wanted);
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** Whether its ends belong to it. */
  readonly closed: boolean;
}

/** Whether the ranges that a number must lie in, and must not lie in, leave one. */
function someNumber(statements: readonly Statement[]): boolean {
  const asked = statements.filter(({ operator }) => numeric.has(operator));
  const inside = asked.filter(({ holds }) => holds).map(rangeOf);
  // A text that is no number lies in none of them.
  if (inside.length === 0) return true;
  const ends = asked.map(rangeOf).flatMap(({ low, high }) => [low, high]);
  const limits = ends.filter(Number.isFinite).toSorted((a, b) => a - b);
  // Halved before they are added: two large ones have no sum.
  const between = limits.map((limit, index) => limit / 2 + (limits[index + 1] ?? limit) / 2);
  const candidates = [-Number.MAX_VALUE, ...limits, ...between, Number.MAX_VALUE];
  return candidates.some((number) =>
    asked.every((statement) => isWithin(number, rangeOf(statement)) === statement.holds),
  );
}

function rangeOf({ operator, wanted }: Statement): Range {
  const [low = Number.NaN, high = low] = wanted.map(numberOf);
  if (operator === 'greaterThan') return { low, high: Infinity, closed: false };
  if (operator === 'lessThan') return { low: -Infinity, high: low, closed: false };
  return { low, high, closed: true };
}

function isWithin(number: number, { low, high, closed }: Range): boolean {
  return closed ? number >= low && number <= high : number > low && number < high;
}
