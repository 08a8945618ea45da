import type { PageView } from '../../protocol.ts';
import { wordsIn } from '../words/words.ts';
import { webAddress } from './address.ts';
import { announce, notify } from './notices.ts';
import { foldPopups, showPopup } from './popups.ts';
import { isCti, isPopup, type CtiPage, type DesktopState, type RecentEntry } from './state.ts';
import { andThen, elementId, step, type Step } from './step.ts';
import { hasRoom, openTab } from './tabs.ts';
import { pageTitle } from './text.ts';
import { mayOpen, openWindow, waitFor } from './windows.ts';

const recentLimit = 100;

/** Under what a page comes to the screen; without it the agent has asked for the page. */
export interface Moment {
  readonly typing: boolean;
  /** By this browser's clock. */
  readonly at: number;
}

/** Shows a page, keeps it in "Recent", and takes the keyboard from nobody. */
export function show(state: DesktopState, page: PageView, moment?: Moment): Step {
  const listed = remember(state, { page, elsewhere: false });
  if (isPopup(page)) return step(showPopup(listed, page));
  return isCti(page) ? showCti(listed, page, moment) : step(listed);
}

/** Shows a page again because the agent asked for it, and takes the keyboard there. */
export function reopen(state: DesktopState, page: PageView): Step {
  const unlisted = {
    ...state,
    missed: state.missed.filter(({ id }) => id !== page.id),
    doubtful: state.doubtful.filter(({ id }) => id !== page.id),
    opened: new Set([...state.opened, page.id]),
  };
  return andThen(show(unlisted, page), (shown) => {
    const popup = shown.popups.find((each) => each.page.id === page.id);
    const tab = shown.tabs.find((each) => each.page.id === page.id);
    if (!popup && !tab) return step(shown);
    const id = popup ? elementId.popup(popup.slot) : elementId.tab(shown.activeTab);
    return step(shown, { type: 'focus', id, ifLost: false });
  });
}

/** Takes popups off the screen, and pages that wait for a click, and says so: they are none of theirs now. */
export function withdrawPages(state: DesktopState, ids: ReadonlySet<string>): Step {
  const popups = state.popups.filter(({ page }) => !ids.has(page.id));
  const held = state.held.filter(({ page }) => !ids.has(page.id));
  const gone = foldPopups(state.popups).visible.filter(({ page }) => ids.has(page.id));
  const left = { ...state, popups, held };
  const [first] = gone;
  if (!first) return step(left);
  const words = wordsIn(state.language).pages;
  const text =
    gone.length === 1
      ? words.withdrawn(pageTitle(first.page, words))
      : words.withdrawnMany(gone.length);
  return andThen(notify(left, text), (next) =>
    step(next, { type: 'focus', id: elementId.tab(next.activeTab), ifLost: true }),
  );
}

/** Keeps a page in "Recent": each once, and one that is replaced no longer. */
export function remember(state: DesktopState, entry: RecentEntry): DesktopState {
  const { id, key, repeat } = entry.page;
  const others = state.recent.filter(
    ({ page }) => page.id !== id && !(repeat === 'replace' && page.key === key),
  );
  return { ...state, recent: [entry, ...others].slice(0, recentLimit) };
}

/** Takes the server's list of what was not shown in time, less what the agent has seen here meanwhile. */
export function takeMissed(state: DesktopState, pages: readonly PageView[]): DesktopState {
  const missed = pages.filter(({ id }) => !state.opened.has(id) && !state.rendered.has(id));
  const ids = new Set(missed.map(({ id }) => id));
  const recent = state.recent.filter(({ page, elsewhere }) => !elsewhere || !ids.has(page.id));
  return { ...state, missed, recent };
}

/** Lists what was shown before this page was loaded, behind what it has shown itself. */
export function takeRecent(state: DesktopState, pages: readonly PageView[]): DesktopState {
  const known = new Set(state.recent.map(({ page }) => page.id));
  const earlier = pages.filter(({ id }) => !known.has(id));
  const entries = earlier.map((page): RecentEntry => ({ page, elsewhere: false }));
  return { ...state, recent: [...state.recent, ...entries].slice(0, recentLimit) };
}

/** What nobody may have seen, newest first. */
export function missedPages(state: DesktopState): readonly PageView[] {
  const ids = new Set(state.missed.map(({ id }) => id));
  return [...state.doubtful.filter(({ id }) => !ids.has(id)), ...state.missed];
}

function showCti(state: DesktopState, page: CtiPage, moment: Moment | undefined): Step {
  const words = wordsIn(state.language).pages;
  const title = pageTitle(page, words);
  if (webAddress(page.content.url) === undefined) return notify(state, words.noAddress(title));
  if (page.content.location !== 'dashboard' || page.unframed) {
    const why = moment && mayOpen(state, moment);
    return why ? step(waitFor(state, page, why)) : openWindow(state, page, moment?.at);
  }
  if (!hasRoom(state.tabs, page)) return step(waitFor(state, page, 'full'));
  const opened = openTab(state, page, moment?.typing ?? false);
  return step(announce(opened, words.tab(title)));
}
