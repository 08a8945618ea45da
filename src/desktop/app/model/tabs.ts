import { placeOf } from './slots.ts';
import { home, type CtiPage, type DesktopState, type Tab } from './state.ts';

export const tabLimit = 20;

/** Whether a page can have a tab without closing one that the agent may be working in. */
export function hasRoom(tabs: readonly Tab[], page: CtiPage): boolean {
  return tabs.length < tabLimit || placeOf(tabs, page) >= 0;
}

/**
 * Opens a page in a tab: in front, unless the agent works in another one, which stays. A replacing page
 * takes the tab of its key.
 */
export function openTab(state: DesktopState, page: CtiPage, working: boolean): DesktopState {
  const index = placeOf(state.tabs, page);
  const slot = state.tabs[index]?.slot ?? page.id;
  const behind = working && state.activeTab !== home && state.activeTab !== slot;
  const tab = { slot, page, unread: behind };
  const tabs = index < 0 ? [...state.tabs, tab] : state.tabs.with(index, tab);
  return { ...state, tabs, activeTab: behind ? state.activeTab : slot };
}

export function selectTab(state: DesktopState, slot: string): DesktopState {
  if (slot !== home && !state.tabs.some((tab) => tab.slot === slot)) return state;
  const tabs = state.tabs.map((tab) => (tab.slot === slot ? { ...tab, unread: false } : tab));
  return { ...state, tabs, activeTab: slot };
}

/** Closes a tab; its right neighbour, else its left one, comes to the front. */
export function closeTab(state: DesktopState, slot: string): DesktopState {
  const index = state.tabs.findIndex((tab) => tab.slot === slot);
  if (index < 0) return state;
  const tabs = state.tabs.toSpliced(index, 1);
  if (state.activeTab !== slot) return { ...state, tabs };
  const next = tabs[index] ?? tabs[index - 1];
  return selectTab({ ...state, tabs }, next?.slot ?? home);
}

/** The tab that a key of the keyboard leads to from another one, round the strip. */
export function tabByKey(tabs: readonly Tab[], slot: string, key: string): string | undefined {
  const strip = [home, ...tabs.map((tab) => tab.slot)];
  const index = strip.indexOf(slot);
  switch (key) {
    case 'ArrowRight':
      return strip[(index + 1) % strip.length];
    case 'ArrowLeft':
      return strip.at(index - 1);
    case 'Home':
      return home;
    case 'End':
      return strip.at(-1);
    default:
      return undefined;
  }
}
