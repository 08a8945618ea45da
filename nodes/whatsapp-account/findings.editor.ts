import { make } from '../shared/make.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import type { Finding } from './finding.ts';

const icons = { ok: 'fa-check', warning: 'fa-exclamation-triangle', wrong: 'fa-times' } as const;

/** Shows findings in a list of the form; how each is, is also said. */
export function showFindings(list: HTMLElement, findings: readonly Finding[], say: Say): void {
  list.replaceChildren(
    ...findings.map(({ state, text }) =>
      make(
        'li',
        { class: `wa-finding wa-finding-${state}` },
        make('i', {
          class: `fa ${icons[state]}`,
          role: 'img',
          'aria-label': say(`state.${state}`),
        }),
        make('span', {}, text),
      ),
    ),
  );
}
