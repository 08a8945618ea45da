import { common } from './common.editor.ts';
import { make } from './make.editor.ts';

const icons = { ok: 'fa-check', warning: 'fa-exclamation-triangle', wrong: 'fa-times' } as const;

/** One line of what was found; how it is, is also said. */
export function makeFinding(state: keyof typeof icons, text: string): HTMLElement {
  return make(
    'li',
    { class: `wa-finding wa-finding-${state}` },
    make('i', { class: `fa ${icons[state]}`, role: 'img', 'aria-label': common(`state.${state}`) }),
    make('span', {}, text),
  );
}
