import type { PageWord, ServerWord, SessionView } from '../../protocol.ts';
import type { DeskAction, DeskEffect } from './desk-action.ts';
import type { Panel } from './desk-state.ts';
import type { PageAction, PageEffect } from './page-action.ts';
import type { DesktopState, LogoutReason } from './state.ts';

/** How near the agent is to this window when a word arrives. */
export interface Attention {
  readonly visible: boolean;
  readonly focused: boolean;
  /** The agent types, or the keyboard is inside a dashboard page: nothing may take its place. */
  readonly working: boolean;
  /** Whether this window shows pages for its browser; undefined = browsers here cannot agree. */
  readonly leads?: boolean | undefined;
  /** The open conversation is before the agent's eyes. */
  readonly reading?: boolean;
}

export type Action =
  | DeskAction
  | PageAction
  | { readonly type: 'loggedIn'; readonly agent: SessionView }
  /** `another`: it was not the agent who was in that was sent here; nothing of theirs stays. */
  | { readonly type: 'loggedOut'; readonly reason?: LogoutReason; readonly another?: boolean }
  | { readonly type: 'logoutFailed' }
  /** `crowded`: the agent has too many windows open. */
  | { readonly type: 'connectionLost'; readonly crowded?: boolean }
  /** The agent does not want to wait for the next try. */
  | { readonly type: 'connectionWanted' }
  | {
      readonly type: 'word';
      readonly word: ServerWord;
      readonly attention: Attention;
      readonly at: number;
    }
  | { readonly type: 'answer'; readonly offerId: string; readonly choice: 'accept' | 'reject' }
  /** The answer to the offer that stands first. */
  | { readonly type: 'firstAnswered'; readonly choice: 'accept' | 'reject' }
  | { readonly type: 'noticeDismissed'; readonly id: number };

export type Effect =
  | DeskEffect
  | PageEffect
  | { readonly type: 'send'; readonly word: PageWord }
  | { readonly type: 'connect' }
  | { readonly type: 'later'; readonly after: number; readonly action: Action }
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
  inbox: 'inbox-heading',
  conversation: 'conversation',
  reply: 'reply',
  /** The button that opens something over the page. */
  opener: (panel: Panel) => `open-${panel}`,
  popup: (slot: string) => `popup-${slot}`,
  tab: (slot: string) => `tab-${slot}`,
  panel: (slot: string) => `panel-${slot}`,
  pin: (slot: string) => `pin-${slot}`,
};
