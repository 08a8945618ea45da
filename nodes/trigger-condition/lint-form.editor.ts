import type { Known } from '../../src/condition/finding.ts';
import { lint, type Lint } from '../../src/condition/lint.ts';
import { compilePattern } from '../../src/condition/pattern.ts';
import type { Rule } from '../../src/condition/rule.ts';
import { isFromEnvironment } from '../shared/text.editor.ts';

/**
 * What is to be said about a rule while it is edited. What is wrong in a row that an environment
 * variable stands in is known only where the flow runs.
 */
export function lintForm(rule: Rule, known: Known): Lint {
  const linted = lint(rule, known, compilePattern);
  const findings = linted.findings.filter(
    ({ level, list, row }) => level !== 'fault' || !holdsEnvironment(rule[list][row]),
  );
  return { ...linted, findings };
}

function holdsEnvironment(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return isFromEnvironment(part);
  return Object.values(part).some(holdsEnvironment);
}
