import { wordsIn } from '../words/words.ts';
import { announce } from './notices.ts';
import { placeOf } from './slots.ts';
import type { DesktopState, Popup, PopupPage } from './state.ts';
import { pageTitle } from './text.ts';

/** Popups kept on the screen or in the fold; older ones are found in "Recent". */
export const popupLimit = 20;
const visibleLimit = 3;

export function showPopup(state: DesktopState, page: PopupPage): DesktopState {
  const placed = placePopup(state.popups, page);
  const popups = placed.slice(0, popupLimit);
  const popupsGone = state.popupsGone + placed.length - popups.length;
  const words = wordsIn(state.language).pages;
  const text = words.popup(pageTitle(page, words));
  return announce({ ...state, popups, popupsGone }, text);
}

/**
 * Puts a page among the popups, newest first. A page that is there already comes to the front; a
 * replacing one takes over the slot of its key, where the agent sees it.
 */
export function placePopup(popups: readonly Popup[], page: PopupPage): readonly Popup[] {
  const index = placeOf(popups, page);
  const known = popups[index];
  if (!known) return [{ slot: page.id, page }, ...popups];
  const renewed = { slot: known.slot, page };
  return index < visibleLimit && known.page.id !== page.id
    ? popups.with(index, renewed)
    : [renewed, ...popups.toSpliced(index, 1)];
}

export function raisePopup(popups: readonly Popup[], slot: string): readonly Popup[] {
  const raised = popups.find((popup) => popup.slot === slot);
  return raised ? [raised, ...popups.filter((popup) => popup.slot !== slot)] : popups;
}

/** Takes popups away; with the last one the count of those that gave way begins anew. */
export function withoutPopup(state: DesktopState, slot: string): DesktopState {
  const popups = state.popups.filter((popup) => popup.slot !== slot);
  return { ...state, popups, popupsGone: popups.length === 0 ? 0 : state.popupsGone };
}

/** The popups to draw, and those behind the counter. */
export function foldPopups(popups: readonly Popup[]): {
  readonly visible: readonly Popup[];
  readonly folded: readonly Popup[];
} {
  return { visible: popups.slice(0, visibleLimit), folded: popups.slice(visibleLimit) };
}
