import { h, render } from 'preact';
import { PopupFrame } from '../../src/desktop/app/view/popup-frame.tsx';
import { make } from '../shared/make.editor.ts';
import type { PopupPreview } from '../shared/preview/protocol.ts';

/** A popup as agents see it: cleaned and framed by the very part of their page that does it there. */
export function showPopup({ title, html }: PopupPreview, place: HTMLElement): void {
  const known = place.querySelector<HTMLElement>('.wa-card');
  const card = known ?? make('div', { class: 'wa-card' }, make('div', {}), make('div', {}));
  if (!known) place.replaceChildren(card);
  const [head, content] = card.children;
  if (!head || !content) return;
  head.className = 'wa-card-title';
  head.textContent = title;
  render(h(PopupFrame, { title, html, onEscape: () => undefined }), content);
}

/** Ends what the frame observes; to be called with the form's end. */
export function closePopup(place: string): void {
  const content = document.getElementById(place)?.querySelector('.wa-card')?.lastElementChild;
  if (content) render(null, content);
}
