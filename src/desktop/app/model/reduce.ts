import { claimed, announced, claimsLost, due, withdrawn } from './claims.ts';
import { notify } from './notices.ts';
import { answer, answered, takeOffers } from './offers.ts';
import { hold, release, reopen, takeMissed } from './pages.ts';
import { foldPopups, raisePopup, withoutPopup } from './popups.ts';
import { initialState, type DesktopState } from './state.ts';
import { elementId, step, type Action, type Step } from './step.ts';
import { closeTab, selectTab } from './tabs.ts';

/** The whole behaviour of the page: what was, and what happens, give what is, and what is to be done. */
export function reduce(state: DesktopState, action: Action): Step {
  switch (action.type) {
    case 'loggedIn':
      return step({ ...state, session: { kind: 'in', agent: action.agent } });
    case 'loggedOut':
      return step(loggedOut(action.reason));
    case 'logoutFailed':
      return notify(state, 'The server cannot be reached: you are still logged in.');
    case 'connectionLost':
      return step({ ...claimsLost(state), connection: 'lost', answers: new Map() });
    case 'word':
      return hear(state, action);
    case 'claimDue':
      return due(state, action.pageId);
    case 'answer':
      return answer(state, action.offerId, action.choice);
    case 'popupClosed':
      return closePopup(state, action.slot);
    case 'popupRaised':
      return step(
        { ...state, popups: raisePopup(state.popups, action.slot) },
        { type: 'focus', id: elementId.popup(action.slot), ifLost: false },
      );
    case 'tabSelected':
      return step(selectTab(state, action.slot));
    case 'tabClosed':
      return dropTab(state, action.slot);
    case 'reopened':
      return reopen(state, action.page);
    case 'windowBlocked':
      return step(hold(state, action.page, 'blocked'));
    case 'heldOpened':
      return openHeld(state, action.pageId);
    case 'heldDismissed':
      return step(release(state, action.pageId));
    case 'noticeDismissed':
      return step({ ...state, notices: state.notices.filter(({ id }) => id !== action.id) });
    default:
      return action satisfies never;
  }
}

/** Nothing of an agent stays for the next one. */
function loggedOut(reason: 'ended' | 'left' | undefined): DesktopState {
  return { ...initialState, session: { kind: 'out', ...(reason && { reason }) } };
}

function hear(
  state: DesktopState,
  { word, attention, at }: Extract<Action, { type: 'word' }>,
): Step {
  switch (word.type) {
    case 'welcome':
      return step({
        ...state,
        session: { kind: 'in', agent: word.agent },
        connection: 'online',
        desktop: word.desktop,
        clockOffset: word.now - at,
      });
    case 'offers':
      return step(takeOffers(state, word.offers));
    case 'answered':
      return answered(state, word.offerId, word.won);
    case 'page':
      return announced(state, word.page, attention);
    case 'claimed':
      return claimed(state, word.pageId, word.granted, attention);
    case 'withdrawn':
      return step(withdrawn(state, word.pageIds));
    case 'missed':
      return step(takeMissed(state, word.pages));
    case 'pong':
      return step(state);
    default:
      // A newer server may know words that this page does not.
      return step(state);
  }
}

function closePopup(state: DesktopState, slot: string): Step {
  const popups = withoutPopup(state.popups, slot);
  const next = foldPopups(popups).visible[0];
  const id = next ? elementId.popup(next.slot) : elementId.tab(state.activeTab);
  return step({ ...state, popups }, { type: 'focus', id, ifLost: true });
}

function dropTab(state: DesktopState, slot: string): Step {
  const closed = closeTab(state, slot);
  return step(closed, { type: 'focus', id: elementId.tab(closed.activeTab), ifLost: true });
}

function openHeld(state: DesktopState, pageId: string): Step {
  const held = state.held.find(({ page }) => page.id === pageId);
  return held ? reopen(release(state, pageId), held.page) : step(state);
}
