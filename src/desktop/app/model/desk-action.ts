import type { AgentStatus, TransferTarget } from '../../protocol.ts';
import type { Language } from '../words/words.ts';
import type { Panel, Preferences, View } from './desk-state.ts';
import type { Place } from './state.ts';

/** What an agent does with conversations, with the board and with the page itself. */
export type DeskAction =
  | { readonly type: 'viewed'; readonly view: View }
  | { readonly type: 'panelShown'; readonly panel: Panel | undefined }
  | { readonly type: 'languageChosen'; readonly language: Language }
  | { readonly type: 'preferred'; readonly preferences: Partial<Preferences> }
  | { readonly type: 'statusWanted'; readonly status: AgentStatus }
  | { readonly type: 'chosen'; readonly interactionId: string | undefined }
  | { readonly type: 'stepped'; readonly to: 'next' | 'previous' | 'unread' }
  /** What was not listed at that time is taken for ended, if it still is not. */
  | { readonly type: 'unlistedDue'; readonly since: number }
  /** The agent looks at the open conversation (again). */
  | { readonly type: 'attended' }
  /** The page was loaded again; the place is that of the agent who was in. */
  | { readonly type: 'restored'; readonly place: Place }
  /** The keyboard goes to the reply box. */
  | { readonly type: 'replyWanted' }
  | { readonly type: 'olderWanted'; readonly interactionId: string }
  /** The agent opens one of the contact's earlier conversations, or closes it. */
  | {
      readonly type: 'earlierToggled' | 'earlierWanted';
      readonly interactionId: string;
      readonly earlierId: string;
    }
  | { readonly type: 'typed'; readonly interactionId: string; readonly text: string }
  /** `draftId` is new. What was typed is sent. */
  | {
      readonly type: 'sent';
      readonly interactionId: string;
      readonly draftId: string;
      readonly at: number;
    }
  | { readonly type: 'sentAgain'; readonly draftId: string }
  | { readonly type: 'replyDropped'; readonly draftId: string }
  | { readonly type: 'closeWanted'; readonly interactionId: string; readonly reason: string }
  | {
      readonly type: 'transferWanted';
      readonly interactionId: string;
      readonly to: TransferTarget;
    };

/** Something that an agent who looks elsewhere should notice. */
export interface Alert {
  /** The same one is not made twice, whichever windows are open. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly sound: boolean;
}

export type DeskEffect =
  | { readonly type: 'alert'; readonly alert: Alert }
  | { readonly type: 'keep'; readonly preferences: Preferences };
