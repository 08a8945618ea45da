import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compileRows } from '../../../src/condition/compile.ts';
import { evaluate, type Verdict } from '../../../src/condition/evaluate.ts';
import type { Finding } from '../../../src/condition/finding.ts';
import { lint, type Lint } from '../../../src/condition/lint.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { isFault } from '../../../src/condition/problem.ts';
import type { Facts } from '../../../src/condition/read.ts';
import { readRule, type Row, type Rule } from '../../../src/condition/rule.ts';
import { compiled } from '../../support/facts.ts';
import { accounts, scene, type Scene } from '../../support/hostile-rules.ts';

/** Asks of rules that can be evaluated whether what is said of them is so. */
function always(law: (said: Lint, scene: Scene) => void): void {
  const sound = fc.property(scene, (one) => {
    const said = lint(one.rule, { accounts }, compilePattern);
    if (!said.findings.some(({ level }) => level === 'fault')) law(said, one);
  });
  fc.assert(sound, { numRuns: 1000 });
}

describe('the laws of lint', () => {
  it('calls no rule impossible that some event meets, and none certain that some does not', () => {
    always(({ met }, { rule, happenings }) => {
      if (met === 'depends') return;
      const trigger = compiled(rule);
      for (const facts of happenings) {
        if (met === 'never') assert.equal(evaluate(trigger, facts).met, false);
        else if (facts.event) assert.equal(evaluate(trigger, facts).met, true);
      }
    });
  });

  it('says of no row what some event proves wrong', () => {
    always(({ findings }, scene) => {
      for (const finding of findings) assert.ok(holds(finding, scene), JSON.stringify(finding));
    });
  });

  it('says of no row that it could as well be left out when that changes the decision', () => {
    always(({ findings }, { rule, happenings }) => {
      const trigger = compiled(rule);
      for (const facts of happenings) {
        const verdict = evaluate(trigger, facts);
        for (const finding of findings) {
          const answer = insteadOf(finding, facts);
          if (answer === undefined) continue;
          assert.equal(verdict.met, metWith(verdict, rule, finding, answer), finding.code);
        }
      }
    });
  });
});

/** What a finding claims, asked of every happening. */
function holds({ code, list, row, other }: Finding, { rule, happenings }: Scene): boolean {
  const mine = answersOf(rule[list][row], happenings);
  const theirs = other ? answersOf(rule[other.list][other.row], happenings) : [];
  const never = (wrong: (mine: boolean, theirs: boolean, index: number) => boolean): boolean =>
    !mine.some((met, index) => wrong(met, theirs[index] ?? false, index));
  const isEvent = (index: number): boolean => happenings[index]?.event !== undefined;
  if (code === 'neverMet') return never((mine) => mine);
  if (code === 'contradicts') return never((mine, theirs) => mine && theirs);
  if (code === 'repeated') return never((mine, theirs) => mine !== theirs);
  if (code === 'alwaysMet') return never((mine, _, index) => !mine && isEvent(index));
  if (code === 'alwaysEither')
    return never((mine, theirs, index) => !mine && !theirs && isEvent(index));
  if (code === 'covered') return never((mine, theirs) => mine && !theirs);
  if (code === 'implied' || (code === 'demanded' && other))
    return never((mine, theirs) => theirs && !mine);
  return true;
}

function answersOf(row: Row | undefined, happenings: readonly Facts[]): readonly boolean[] {
  const [compiled] = compileRows(readRule({ all: [row] }), compilePattern);
  if (!compiled || isFault(compiled)) return [];
  return happenings.map((facts) => compiled.look(facts).met);
}

const answerOf: Partial<Record<Finding['code'], boolean>> = {
  neverMet: false,
  contradicts: false,
  contradictsAll: false,
  covered: false,
  implied: true,
  demanded: true,
  alwaysMet: true,
  alwaysEither: true,
};
const saidOfEvents: ReadonlySet<string> = new Set(['alwaysMet', 'alwaysEither']);

/** The answer that a row could give to everything, by what is said of it. */
function insteadOf({ code, list }: Finding, { event }: Facts): boolean | undefined {
  if (!event && saidOfEvents.has(code)) return undefined;
  // Left out, it is like a row that is met in one list, and like one that is not in the other.
  return code === 'repeated' ? list === 'all' : answerOf[code];
}

/** How the rule turns out when one row gives this answer instead of its own. */
function metWith(
  { conditions }: Verdict,
  rule: Rule,
  { list, row }: Finding,
  answer: boolean,
): boolean {
  const place = list === 'all' ? row : rule.all.length + row;
  const answers = conditions.map(({ met }, index) => (index === place ? answer : met));
  const all = answers.slice(0, rule.all.length);
  const any = answers.slice(rule.all.length);
  return all.every(Boolean) && (any.length === 0 || any.some(Boolean));
}
