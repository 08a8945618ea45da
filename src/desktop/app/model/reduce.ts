import { claimsLost } from './claims.ts';
import { notify } from './notices.ts';
import { answer, answerFirst } from './offers.ts';
import { hear } from './hear.ts';
import { reduceDesk } from './reduce-desk.ts';
import { reducePages } from './reduce-pages.ts';
import { loggedIn, loggedOut } from './session.ts';
import { home, type DesktopState } from './state.ts';
import { step, type Action, type Step } from './step.ts';
import { keepWatch } from './watch.ts';
import { wordsIn } from '../words/words.ts';

/** The whole behaviour of the page: what was, and what happens, give what is, and what is to be done. */
export function reduce(state: DesktopState, action: Action): Step {
  return keepWatch(follow(state, act(state, action)));
}

function act(state: DesktopState, action: Action): Step {
  switch (action.type) {
    case 'loggedIn':
      return step(loggedIn(state, action.agent));
    case 'loggedOut':
      return step(loggedOut(state, action));
    case 'logoutFailed':
      return notify(state, wordsIn(state.language).top.stillIn);
    case 'connectionLost':
      return step({
        ...claimsLost(state),
        connection: action.crowded ? 'crowded' : 'lost',
        answers: new Map(),
        statusAsked: undefined,
      });
    case 'connectionWanted':
      return step(state, { type: 'connect' });
    case 'word':
      return hear(state, action);
    case 'answer':
      return answer(state, action.offerId, action.choice);
    case 'firstAnswered':
      return answerFirst(state, action.choice);
    case 'claimDue':
    case 'popupClosed':
    case 'popupRaised':
    case 'popupsCleared':
    case 'tabSelected':
    case 'tabClosed':
    case 'tabPinned':
    case 'tabReloaded':
    case 'reopened':
    case 'windowOpened':
    case 'windowBlocked':
    case 'typingEnded':
    case 'heldOpened':
    case 'heldDismissed':
      return reducePages(state, action);
    case 'noticeDismissed':
      return step({ ...state, notices: state.notices.filter(({ id }) => id !== action.id) });
    case 'viewed':
    case 'panelShown':
    case 'languageChosen':
    case 'preferred':
    case 'statusWanted':
    case 'chosen':
    case 'stepped':
    case 'attended':
    case 'unlistedDue':
    case 'replyWanted':
    case 'restored':
    case 'olderWanted':
    case 'earlierToggled':
    case 'earlierWanted':
    case 'typed':
    case 'sent':
    case 'sentAgain':
    case 'replyDropped':
    case 'closeWanted':
    case 'transferWanted':
      return reduceDesk(state, action);
    default:
      return action satisfies never;
  }
}

/** A tab that comes to the front is brought before the agent, where only one thing is seen at a time. */
function follow(before: DesktopState, { state, effects }: Step): Step {
  const { activeTab, view } = state;
  const opened = activeTab !== before.activeTab && activeTab !== home;
  return step(opened && view === 'inbox' ? { ...state, view: 'pages' } : state, ...effects);
}
