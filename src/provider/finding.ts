import type { Notice, Parsed, Problem, ProviderFact } from './provider.ts';

/** What one object of a webhook turns out to be. */
export type Finding = ProviderFact | Problem | Notice;

export function sorted(findings: readonly Finding[]): Parsed {
  const facts: ProviderFact[] = [];
  const problems: Problem[] = [];
  const notices: Notice[] = [];
  for (const finding of findings) {
    if ('kind' in finding) facts.push(finding);
    else if ('about' in finding) notices.push(finding);
    else problems.push(finding);
  }
  return { facts, problems, notices };
}
