import type { PageView, PageWord, ServerWord, SessionView } from '../../protocol.ts';
import type { CtiPage, DesktopState } from './state.ts';

/** How near the agent is to this window when a word arrives. */
export interface Attention {
  readonly visible: boolean;
  readonly focused: boolean;
  /** The keyboard is inside a dashboard page: nothing may take its place. */
  readonly working: boolean;
}

export type Action =
  | { readonly type: 'loggedIn'; readonly agent: SessionView }
  | { readonly type: 'loggedOut'; readonly reason?: 'ended' | 'left' }
  | { readonly type: 'logoutFailed' }
  | { readonly type: 'connectionLost' }
  | {
      readonly type: 'word';
      readonly word: ServerWord;
      readonly attention: Attention;
      readonly at: number;
    }
  | { readonly type: 'claimDue'; readonly pageId: string }
  | { readonly type: 'answer'; readonly offerId: string; readonly choice: 'accept' | 'reject' }
  | { readonly type: 'popupClosed'; readonly slot: string }
  | { readonly type: 'popupRaised'; readonly slot: string }
  | { readonly type: 'tabSelected'; readonly slot: string }
  | { readonly type: 'tabClosed'; readonly slot: string }
  /** The agent asks for a page of "Recent" or "Missed" again. */
  | { readonly type: 'reopened'; readonly page: PageView }
  | { readonly type: 'windowBlocked'; readonly page: CtiPage }
  | { readonly type: 'heldOpened'; readonly pageId: string }
  | { readonly type: 'heldDismissed'; readonly pageId: string }
  | { readonly type: 'noticeDismissed'; readonly id: number };

export type Effect =
  | { readonly type: 'send'; readonly word: PageWord }
  | { readonly type: 'later'; readonly after: number; readonly action: Action }
  | { readonly type: 'openWindow'; readonly page: CtiPage }
  /** Moves the keyboard; `ifLost` only when nothing holds it any more. */
  | { readonly type: 'focus'; readonly id: string; readonly ifLost: boolean };

export interface Step {
  readonly state: DesktopState;
  readonly effects: readonly Effect[];
}

export function step(state: DesktopState, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

/** Goes on from a step, keeping its effects before the new ones. */
export function andThen(first: Step, next: (state: DesktopState) => Step): Step {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** The ids of the elements that an effect may move the keyboard to. */
export const elementId = {
  offers: 'offers-heading',
  popup: (slot: string) => `popup-${slot}`,
  tab: (slot: string) => `tab-${slot}`,
  panel: (slot: string) => `panel-${slot}`,
};
