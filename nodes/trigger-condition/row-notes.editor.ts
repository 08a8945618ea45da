import { make } from '../shared/make.editor.ts';

/** A line below a row: what is to be said of it, or how it turned out with the event tested against. */
export interface Note {
  readonly kind: 'fault' | 'warning' | 'hint' | 'met' | 'notMet' | 'unknown';
  readonly text: string;
}

const icons: Readonly<Record<Note['kind'], string>> = {
  fault: 'fa-times-circle',
  warning: 'fa-exclamation-triangle',
  hint: 'fa-info-circle',
  met: 'fa-check',
  notMet: 'fa-times',
  unknown: 'fa-question',
};

export interface RowNotes {
  readonly place: HTMLElement;
  /** Leaves what is already said alone, so that a screen reader does not say it again. */
  readonly show: (notes: readonly Note[]) => void;
}

export function makeRowNotes(): RowNotes {
  const place = make('div', { class: 'wa-line wa-notes', role: 'status' });
  let shown = '';
  const show = (notes: readonly Note[]): void => {
    const said = JSON.stringify(notes);
    if (said === shown) return;
    shown = said;
    place.replaceChildren(...notes.map(makeNote));
  };
  return { place, show };
}

function makeNote({ kind, text }: Note): HTMLElement {
  const icon = make('i', { class: `fa ${icons[kind]}`, 'aria-hidden': 'true' });
  return make('div', { class: `wa-note-line wa-note-${kind}` }, icon, make('span', {}, text));
}
