import { askOlder, attend, choose } from './conversation.ts';
import type { DeskAction } from './desk-action.ts';
import type { Panel } from './desk-state.ts';
import { askOlder as askOlderOf, toggle } from './earlier.ts';
import { closeInteraction, dropUnlisted, leave, stepTo } from './interactions.ts';
import { drop, send, sendAgain, type } from './replies.ts';
import type { DesktopState } from './state.ts';
import { wantStatus } from './status.ts';
import { elementId, step, type Step } from './step.ts';

/** What an agent does with conversations and with the page itself. */
export function reduceDesk(state: DesktopState, action: DeskAction): Step {
  switch (action.type) {
    case 'viewed':
      return step({ ...state, view: action.view, panel: undefined });
    case 'panelShown':
      return showPanel(state, action.panel);
    case 'languageChosen':
      return step({ ...state, language: action.language });
    case 'preferred':
      return prefer(state, action);
    case 'statusWanted':
      return wantStatus(state, action.status);
    case 'chosen':
      return choose(state, action.interactionId, { reading: true });
    case 'stepped':
      return stepTo(state, action.to, { reading: true });
    case 'attended':
      return attend(state, { reading: true });
    case 'unlistedDue':
      return step(dropUnlisted(state, action.since));
    case 'restored':
      return step({ ...state, kept: action.place });
    case 'replyWanted':
      return step(
        { ...state, view: 'inbox', panel: undefined },
        { type: 'focus', id: elementId.reply, ifLost: false },
      );
    case 'olderWanted':
      return askOlder(state, action.interactionId);
    case 'earlierToggled':
      return toggle(state, action);
    case 'earlierWanted':
      return askOlderOf(state, action);
    case 'typed':
      return step(type(state, action.interactionId, action.text));
    case 'sent':
      return send(state, action);
    case 'sentAgain':
      return sendAgain(state, action.draftId);
    case 'replyDropped':
      return step(drop(state, action.draftId));
    case 'closeWanted':
      return closeInteraction(state, action.interactionId, action.reason);
    case 'transferWanted':
      return leave(state, action.interactionId, {
        type: 'transfer',
        interactionId: action.interactionId,
        to: action.to,
      });
    default:
      return action satisfies never;
  }
}

/** The keyboard goes back to where it came from when a panel closes. */
function showPanel(state: DesktopState, panel: Panel | undefined): Step {
  const shown = { ...state, panel };
  if (panel !== undefined || state.panel === undefined) return step(shown);
  const opener = state.panel === 'keys' ? 'settings' : state.panel;
  return step(shown, { type: 'focus', id: elementId.opener(opener), ifLost: true });
}

function prefer(
  state: DesktopState,
  { preferences }: Extract<DeskAction, { type: 'preferred' }>,
): Step {
  const kept = { ...state.preferences, ...preferences };
  const language = preferences.language ?? state.language;
  return step({ ...state, preferences: kept, language }, { type: 'keep', preferences: kept });
}
