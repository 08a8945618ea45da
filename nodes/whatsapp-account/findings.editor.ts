import { makeFinding } from '../shared/finding-line.editor.ts';
import type { Finding } from './finding.ts';

/** Shows findings in a list of the form; how each is, is also said. */
export function showFindings(list: HTMLElement, findings: readonly Finding[]): void {
  list.replaceChildren(...findings.map(({ state, text }) => makeFinding(state, text)));
}
