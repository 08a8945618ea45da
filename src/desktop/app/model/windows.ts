import { wordsIn } from '../words/words.ts';
import { announce } from './notices.ts';
import type { CtiPage, DesktopState, HeldWhy } from './state.ts';
import { andThen, step, type Step } from './step.ts';
import { pageTitle } from './text.ts';

/** So many windows may come by themselves within so many milliseconds. */
const flood = { windows: 5, within: 10_000 };
export const heldLimit = 20;

/** Why a window may not come by itself now, as it takes the front from whatever the agent does. */
export function mayOpen(
  { windows }: DesktopState,
  { typing, at }: { readonly typing: boolean; readonly at: number },
): HeldWhy | undefined {
  if (typing) return 'typing';
  return recent(windows, at).length < flood.windows ? undefined : 'flood';
}

/** `at`: the moment at which it comes by itself; undefined for a click, which is no flood. */
export function openWindow(state: DesktopState, page: CtiPage, at?: number): Step {
  const windows = at === undefined ? state.windows : [...recent(state.windows, at), at];
  return step({ ...state, windows }, { type: 'openWindow', page });
}

/** A page that waits for a click. Beyond the limit the oldest are found in "Recent" only. */
export function waitFor(state: DesktopState, page: CtiPage, why: HeldWhy): DesktopState {
  const others = state.held.filter((each) => each.page.id !== page.id);
  const held = [...others, { page, why }].slice(-heldLimit);
  const words = wordsIn(state.language).pages;
  return announce({ ...state, held }, words.waits(pageTitle(page, words)));
}

export function release(state: DesktopState, pageId: string): DesktopState {
  return { ...state, held: state.held.filter(({ page }) => page.id !== pageId) };
}

/** Opens what waited for the agent to stop typing, as far as that makes no flood. */
export function openWaiting(state: DesktopState, at: number): Step {
  const next = state.held.find(({ why }) => why === 'typing');
  if (!next) return step(state);
  const { page } = next;
  const freed = release(state, page.id);
  const why = mayOpen(freed, { typing: false, at });
  const first = why ? step(waitFor(freed, page, why)) : openWindow(freed, page, at);
  return andThen(first, (rest) => openWaiting(rest, at));
}

function recent(windows: readonly number[], at: number): readonly number[] {
  return windows.filter((moment) => moment > at - flood.within && moment <= at);
}
