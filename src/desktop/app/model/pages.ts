import type { PageView } from '../../protocol.ts';
import { webAddress } from './address.ts';
import { announce, notify } from './notices.ts';
import { placePopup, popupLimit } from './popups.ts';
import { isCti, isPopup, type CtiPage, type DesktopState, type RecentEntry } from './state.ts';
import { elementId, andThen, step, type Step } from './step.ts';
import { hasRoom, openTab } from './tabs.ts';
import { pageTitle } from './text.ts';

const recentLimit = 50;

/** Shows a granted page. `working`: the agent types in a dashboard page, which stays in front. */
export function show(state: DesktopState, page: PageView, working: boolean): Step {
  const listed = remember(state, { page, elsewhere: false });
  if (isPopup(page)) {
    const popups = placePopup(listed.popups, page).slice(0, popupLimit);
    return step(announce({ ...listed, popups }, `Popup: ${pageTitle(page)}`));
  }
  return isCti(page) ? showCti(listed, page, working) : step(listed);
}

/** Shows a page again because the agent asked for it, and takes the keyboard there. */
export function reopen(state: DesktopState, page: PageView): Step {
  const unlisted = {
    ...state,
    missed: state.missed.filter(({ id }) => id !== page.id),
    doubtful: state.doubtful.filter(({ id }) => id !== page.id),
    opened: new Set([...state.opened, page.id]),
  };
  return andThen(show(unlisted, page, false), (shown) => {
    const popup = shown.popups.find((each) => each.page.id === page.id);
    const tab = shown.tabs.find((each) => each.page.id === page.id);
    if (!popup && !tab) return step(shown);
    const id = popup ? elementId.popup(popup.slot) : elementId.tab(shown.activeTab);
    return step(shown, { type: 'focus', id, ifLost: false });
  });
}

/** Keeps a page in "Recent": each once, and one that is replaced no longer. */
export function remember(state: DesktopState, entry: RecentEntry): DesktopState {
  const { id, key, repeat } = entry.page;
  const others = state.recent.filter(
    ({ page }) => page.id !== id && !(repeat === 'replace' && page.key === key),
  );
  return { ...state, recent: [entry, ...others].slice(0, recentLimit) };
}

/** Takes the server's list of what was not shown in time, less what the agent opened from it. */
export function takeMissed(state: DesktopState, pages: readonly PageView[]): DesktopState {
  const missed = pages.filter(({ id }) => !state.opened.has(id));
  const ids = new Set(missed.map(({ id }) => id));
  const recent = state.recent.filter(({ page, elsewhere }) => !elsewhere || !ids.has(page.id));
  return { ...state, missed, recent };
}

/** What nobody may have seen, newest first. */
export function missedPages(state: DesktopState): readonly PageView[] {
  const ids = new Set(state.missed.map(({ id }) => id));
  return [...state.doubtful.filter(({ id }) => !ids.has(id)), ...state.missed];
}

/** A window that the browser blocked, or that no tab is left for: a click of the agent opens it. */
export function hold(state: DesktopState, page: CtiPage, why: 'blocked' | 'full'): DesktopState {
  const others = state.held.filter((each) => each.page.id !== page.id);
  const text = `${pageTitle(page)} waits to be opened.`;
  return announce({ ...state, held: [...others, { page, why }] }, text);
}

export function release(state: DesktopState, pageId: string): DesktopState {
  return { ...state, held: state.held.filter(({ page }) => page.id !== pageId) };
}

function showCti(state: DesktopState, page: CtiPage, working: boolean): Step {
  if (webAddress(page.content.url) === undefined)
    return notify(state, `“${pageTitle(page)}” has no web address and was not opened.`);
  if (page.content.location !== 'dashboard') return step(state, { type: 'openWindow', page });
  if (!hasRoom(state.tabs, page)) return step(hold(state, page, 'full'));
  const opened = openTab(state, page, working);
  return step(announce(opened, `Dashboard tab: ${pageTitle(page)}`));
}
