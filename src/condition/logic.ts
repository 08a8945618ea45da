import type { Finding, LogicCode, PlacedRow } from './finding.ts';
import { isPossible, type KnownAccount } from './possible.ts';
import type { Claim } from './possible-text.ts';

/** Whether some message agrees with every claim. */
type Can = (claims: readonly Claim[], among?: 'events' | 'messages') => boolean;

type Said = { readonly code: LogicCode; readonly other?: PlacedRow | undefined };

/** What the rows of a rule say about each other. What is called impossible or certain is so. */
export function logicOf(
  all: readonly PlacedRow[],
  any: readonly PlacedRow[],
  accounts: readonly KnownAccount[],
): readonly Finding[] {
  const can: Can = (claims, among) => isPossible(claims, accounts, among);
  const findings: Finding[] = [];
  const say = (row: PlacedRow, said: Said | undefined): void => {
    if (said) findings.push(findingOf(row, said));
  };
  const sound: PlacedRow[] = [];
  for (const [index, row] of all.entries()) {
    const said = againstAbove(row, all.slice(0, index), sound, can);
    say(row, said);
    if (!said || said.code === 'repeated') sound.push(row);
  }
  for (const row of sound) {
    if (!findings.some((finding) => isAt(finding, row))) say(row, needless(row, sound, can));
  }
  for (const [index, row] of any.entries()) {
    say(row, againstList(row, any.slice(0, index), sound, can) ?? covered(row, any, can));
  }
  return findings;
}

/** Whether it depends on the event that a rule of sound rows is met. */
export function outcomeOf(
  all: readonly PlacedRow[],
  any: readonly PlacedRow[],
  accounts: readonly KnownAccount[],
): 'never' | 'always' | 'depends' {
  const can: Can = (claims, among) => isPossible(claims, accounts, among);
  const demanded = all.map(yes);
  const ways = any.length === 0 ? [[]] : any.map((row) => [yes(row)]);
  if (!ways.some((way) => can([...demanded, ...way]))) return 'never';
  const canFail =
    all.some((row) => can([no(row)], 'events')) || (any.length > 0 && can(any.map(no), 'events'));
  return canFail ? 'depends' : 'always';
}

function againstAbove(
  row: PlacedRow,
  above: readonly PlacedRow[],
  sound: readonly PlacedRow[],
  can: Can,
): Said | undefined {
  if (!can([yes(row)])) return { code: 'neverMet' };
  const twin = above.find((other) => isSame(other, row));
  if (twin) return { code: 'repeated', other: twin };
  const foe = sound.find((other) => !can([yes(other), yes(row)]));
  if (foe) return { code: 'contradicts', other: foe };
  return can([...sound, row].map(yes)) ? undefined : { code: 'contradictsAll' };
}

/** A row of the first list that could be left out. */
function needless(row: PlacedRow, all: readonly PlacedRow[], can: Can): Said | undefined {
  if (!can([no(row)], 'events')) return { code: 'alwaysMet' };
  const reason = strictlyAround(row, all, (other) => !can([yes(other), no(row)]), can);
  return reason && { code: 'implied', other: reason };
}

/** A row of the second list, after what the first one demands. */
function againstList(
  row: PlacedRow,
  above: readonly PlacedRow[],
  all: readonly PlacedRow[],
  can: Can,
): Said | undefined {
  if (!can([yes(row)])) return { code: 'neverMet' };
  const twin = above.find((other) => isSame(other, row));
  if (twin) return { code: 'repeated', other: twin };
  const foe = all.find((other) => !can([yes(other), yes(row)]));
  if (foe) return { code: 'contradicts', other: foe };
  if (!can([...all, row].map(yes))) return { code: 'contradictsAll' };
  if (!can([no(row)], 'events')) return { code: 'alwaysMet' };
  if (!can([...all.map(yes), no(row)])) {
    return { code: 'demanded', other: all.find((other) => !can([yes(other), no(row)])) };
  }
  const half = above.find((other) => !can([no(other), no(row)], 'events'));
  return half && { code: 'alwaysEither', other: half };
}

function covered(row: PlacedRow, any: readonly PlacedRow[], can: Can): Said | undefined {
  const sound = any.filter((other) => can([yes(other)]));
  const wider = sound.find(
    (other) =>
      other !== row &&
      !can([yes(row), no(other)]) &&
      isFirst(other, row, can([yes(other), no(row)])),
  );
  return wider && { code: 'covered', other: wider };
}

function strictlyAround(
  row: PlacedRow,
  rows: readonly PlacedRow[],
  implies: (other: PlacedRow) => boolean,
  can: Can,
): PlacedRow | undefined {
  return rows.find(
    (other) => other !== row && implies(other) && isFirst(other, row, can([yes(row), no(other)])),
  );
}

/** Of two rows that say the same in other words, the first stays. */
function isFirst(other: PlacedRow, row: PlacedRow, differ: boolean): boolean {
  return differ || other.row < row.row;
}

function isSame(one: PlacedRow, other: PlacedRow): boolean {
  return JSON.stringify(one.compiled.row) === JSON.stringify(other.compiled.row);
}

function isAt(finding: Finding, { list, row }: PlacedRow): boolean {
  return finding.list === list && finding.row === row;
}

function findingOf({ list, row }: PlacedRow, { code, other }: Said): Finding {
  const place = other && { list: other.list, row: other.row };
  const level = code === 'implied' || code === 'covered' ? 'hint' : 'warning';
  return { list, row, code, level, ...(place && { other: place }) };
}

function yes({ compiled }: PlacedRow): Claim {
  return { row: compiled, is: true };
}

function no({ compiled }: PlacedRow): Claim {
  return { row: compiled, is: false };
}
