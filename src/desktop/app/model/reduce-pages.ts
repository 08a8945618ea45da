import { due, receipt } from './claims.ts';
import type { PageAction } from './page-action.ts';
import { reopen } from './pages.ts';
import { foldPopups, raisePopup, withoutPopup } from './popups.ts';
import type { DesktopState } from './state.ts';
import { andThen, elementId, step, type Effect, type Step } from './step.ts';
import { closeTab, pinTab, reloadTab, selectTab } from './tabs.ts';
import { openWaiting, release, waitFor } from './windows.ts';

/** What an agent, or their browser, does with popups, windows and dashboard tabs. */
export function reducePages(state: DesktopState, action: PageAction): Step {
  switch (action.type) {
    case 'claimDue':
      return due(state, action.pageId);
    case 'popupClosed':
      return closePopup(state, action.slot);
    case 'popupRaised':
      return raise(state, action.slot);
    case 'popupsCleared':
      return clearPopups(state);
    case 'tabSelected':
      return step(selectTab(state, action.slot));
    case 'tabClosed':
      return dropTab(state, action.slot);
    case 'tabPinned':
      return pin(state, action.slot, action.pinned);
    case 'tabReloaded':
      return step(reloadTab(state, action.slot));
    case 'reopened':
      return andThen(reopen(state, action.page), (next) =>
        step(next, receipt(action.page.id, 'opened')),
      );
    case 'windowOpened':
      return step(state, receipt(action.page.id, 'opened'));
    case 'windowBlocked':
      return step(waitFor(state, action.page, 'blocked'), receipt(action.page.id, 'blocked'));
    case 'typingEnded':
      return openWaiting(state, action.at);
    case 'heldOpened':
      return openHeld(state, action.pageId);
    case 'heldDismissed':
      return step(release(state, action.pageId), receipt(action.pageId, 'dismissed'));
    default:
      return action satisfies never;
  }
}

function closePopup(state: DesktopState, slot: string): Step {
  const closed = state.popups.find((popup) => popup.slot === slot);
  if (!closed) return step(state);
  const left = withoutPopup(state, slot);
  const next = foldPopups(left.popups).visible[0];
  const id = next ? elementId.popup(next.slot) : elementId.tab(state.activeTab);
  return step(left, receipt(closed.page.id, 'dismissed'), { type: 'focus', id, ifLost: true });
}

function clearPopups(state: DesktopState): Step {
  const receipts = state.popups.map(({ page }): Effect => receipt(page.id, 'dismissed'));
  const id = elementId.tab(state.activeTab);
  return step({ ...state, popups: [], popupsGone: 0 }, ...receipts, {
    type: 'focus',
    id,
    ifLost: true,
  });
}

function raise(state: DesktopState, slot: string): Step {
  const raised = state.popups.find((popup) => popup.slot === slot);
  if (!raised) return step(state);
  return step(
    { ...state, popups: raisePopup(state.popups, slot) },
    receipt(raised.page.id, 'opened'),
    { type: 'focus', id: elementId.popup(slot), ifLost: false },
  );
}

function dropTab(state: DesktopState, slot: string): Step {
  const dropped = state.tabs.find((tab) => tab.slot === slot);
  if (!dropped || dropped.pinned) return step(state);
  const closed = closeTab(state, slot);
  const focus: Effect = { type: 'focus', id: elementId.tab(closed.activeTab), ifLost: true };
  return step(closed, receipt(dropped.page.id, 'dismissed'), focus);
}

/** The tab moves within the strip: the keyboard goes with it where it was on the button. */
function pin(state: DesktopState, slot: string, pinned: boolean): Step {
  const focus: Effect = { type: 'focus', id: elementId.pin(slot), ifLost: true };
  return step(pinTab(state, slot, pinned), focus);
}

function openHeld(state: DesktopState, pageId: string): Step {
  const held = state.held.find(({ page }) => page.id === pageId);
  return held ? reopen(release(state, pageId), held.page) : step(state);
}
