import type { Finding, HintCode, Known, PlacedRow } from './finding.ts';
import { isOperatorName, operators } from './operator.ts';
import { findsEverything } from './possible-text.ts';
import { asWord } from './text.ts';

type Hint = Pick<Finding, 'code' | 'text' | 'near'>;

/** What may well be meant as it stands, and often is not. */
export function hintsAbout(rows: readonly PlacedRow[], known: Known): readonly Finding[] {
  return [...alsoAbsent(rows), ...rows.flatMap((row) => hintsOf(row, known))];
}

const alwaysThere: ReadonlySet<string> = new Set(['account', 'interaction.state', 'time']);

function alsoAbsent(rows: readonly PlacedRow[]): readonly Finding[] {
  const [first] = rows;
  const isAsked = ({ compiled: { row, meets } }: PlacedRow): boolean =>
    !alwaysThere.has(row.field) && row.operator !== 'notExists' && meets?.([]) === true;
  return first && rows.every(isAsked) ? [at(first, { code: 'alsoAbsent' })] : [];
}

function hintsOf(placed: PlacedRow, known: Known): readonly Finding[] {
  const { row } = placed.compiled;
  const hints: readonly (Hint | undefined)[] = [
    findsEverything(placed.compiled) ? { code: 'anyText' } : undefined,
    row.field === 'contact.phone' ? phoneForm(placed) : undefined,
    row.field === 'queue' ? unknownName(placed, 'unknownQueue', known.queues) : undefined,
    row.field === 'agent' ? unknownName(placed, 'unknownAgent', known.agents) : undefined,
    row.field === 'variable'
      ? unknown([row.name ?? ''], 'unknownVariable', known.variables)
      : undefined,
  ];
  return hints.flatMap((hint) => (hint ? [at(placed, hint)] : []));
}

/** Events write them as "+" and digits. */
function phoneForm({ compiled: { row, wanted } }: PlacedRow): Hint | undefined {
  const operator = positiveOf(row.operator);
  if (operator === 'matches') return undefined;
  const isPart = operator === 'contains' || operator === 'endsWith';
  const form = isPart ? /^\+?\d*$/ : /^\+\d*$/;
  const text = wanted.find((one) => !form.test(one));
  return text === undefined ? undefined : { code: 'phoneForm', text };
}

function unknownName(
  { compiled: { row, wanted } }: PlacedRow,
  code: HintCode,
  known: readonly string[] = [],
): Hint | undefined {
  if (!['equals', 'in'].includes(positiveOf(row.operator))) return undefined;
  return row.ignoreCase
    ? unknown(wanted.map(asWord), code, known.map(asWord))
    : unknown(wanted, code, known);
}

/** Where nothing is known, everything may be. */
function unknown(
  texts: readonly string[],
  code: HintCode,
  known: readonly string[] = [],
): Hint | undefined {
  const text = known.length === 0 ? undefined : texts.find((one) => !known.includes(one));
  if (text === undefined) return undefined;
  const near = known.find((one) => asWord(one) === asWord(text));
  return { code, text, ...(near === undefined ? {} : { near }) };
}

function positiveOf(name: string): string {
  const operator = isOperatorName(name) ? operators[name] : undefined;
  return operator && 'negates' in operator ? operator.negates : name;
}

function at({ list, row }: PlacedRow, hint: Hint): Finding {
  return { list, row, level: 'hint', ...hint };
}
