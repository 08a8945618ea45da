import { placeOf } from './slots.ts';
import type { Popup, PopupPage } from './state.ts';

/** Popups kept on the screen or in the fold; older ones are found in "Recent". */
export const popupLimit = 20;
const visibleLimit = 3;

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
  return raised ? [raised, ...withoutPopup(popups, slot)] : popups;
}

export function withoutPopup(popups: readonly Popup[], slot: string): readonly Popup[] {
  return popups.filter((popup) => popup.slot !== slot);
}

/** The popups to draw, and those behind the counter. */
export function foldPopups(popups: readonly Popup[]): {
  readonly visible: readonly Popup[];
  readonly folded: readonly Popup[];
} {
  return { visible: popups.slice(0, visibleLimit), folded: popups.slice(visibleLimit) };
}
