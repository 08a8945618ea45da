import { placeOf } from './slots.ts';
import { home, type CtiPage, type DesktopState, type Tab } from './state.ts';

export const tabLimit = 20;

/** Whether a page can have a tab without closing one that the agent may be working in. */
export function hasRoom(tabs: readonly Tab[], page: CtiPage): boolean {
  return tabs.length < tabLimit || tabFor(tabs, page) >= 0;
}

/**
 * Opens a page in a tab: in front, unless the agent is typing, whose page stays. It takes the tab of the
 * page that it replaces, and the one that shows the same address for the same interaction already.
 */
export function openTab(state: DesktopState, page: CtiPage, typing: boolean): DesktopState {
  const index = tabFor(state.tabs, page);
  const known = state.tabs[index];
  const slot = known?.slot ?? page.id;
  const behind = typing && state.activeTab !== slot;
  const frame = known && isSame(known.page, page) ? known.frame : page.id;
  const tab = { slot, page, frame, unread: behind, pinned: known?.pinned ?? false };
  const tabs = known ? state.tabs.with(index, tab) : [...state.tabs, tab];
  return { ...state, tabs, activeTab: behind ? state.activeTab : slot };
}

export function selectTab(state: DesktopState, slot: string): DesktopState {
  if (slot !== home && !state.tabs.some((tab) => tab.slot === slot)) return state;
  return { ...changed(state, slot, { unread: false }), activeTab: slot };
}

/** Closes a tab; its right neighbour, else its left one, comes to the front. A pinned one stays. */
export function closeTab(state: DesktopState, slot: string): DesktopState {
  const index = state.tabs.findIndex((tab) => tab.slot === slot);
  if (index < 0 || state.tabs[index]?.pinned) return state;
  const tabs = state.tabs.toSpliced(index, 1);
  if (state.activeTab !== slot) return { ...state, tabs };
  const next = tabs[index] ?? tabs[index - 1];
  return selectTab({ ...state, tabs }, next?.slot ?? home);
}

/** Pinned tabs stand first, in the order in which they were pinned. */
export function pinTab(state: DesktopState, slot: string, pinned: boolean): DesktopState {
  const tab = state.tabs.find((each) => each.slot === slot);
  if (!tab || tab.pinned === pinned) return state;
  const others = state.tabs.filter((each) => each.slot !== slot);
  const border = others.filter((each) => each.pinned).length;
  return { ...state, tabs: others.toSpliced(border, 0, { ...tab, pinned }) };
}

/** Loads a page anew from the address that the flow gave. */
export function reloadTab(state: DesktopState, slot: string): DesktopState {
  const frame = state.tabs.find((tab) => tab.slot === slot)?.frame;
  return frame === undefined ? state : changed(state, slot, { frame: `${frame}+` });
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

function tabFor(tabs: readonly Tab[], page: CtiPage): number {
  const index = placeOf(tabs, page);
  return index >= 0 ? index : tabs.findIndex((tab) => isSame(tab.page, page));
}

function isSame(one: CtiPage, other: CtiPage): boolean {
  return one.subject === other.subject && one.content.url === other.content.url;
}

function changed(state: DesktopState, slot: string, change: Partial<Tab>): DesktopState {
  const tabs = state.tabs.map((tab) => (tab.slot === slot ? { ...tab, ...change } : tab));
  return { ...state, tabs };
}
