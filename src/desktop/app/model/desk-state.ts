import type {
  AgentNameView,
  EarlierView,
  InteractionView,
  MessageView,
} from '../../interaction-view.ts';
import type { AgentStatus, BoardView, QueueView, ReplyRefusal } from '../../protocol.ts';
import type { Language } from '../words/words.ts';

/** What a narrow screen shows one at a time; a wide one shows "inbox" and "pages" side by side. */
export type View = 'inbox' | 'pages' | 'board';

/** What is open over the page: at most one. */
export type Panel = 'close' | 'transfer' | 'settings' | 'keys';

export interface Conversation {
  /** Oldest first. */
  readonly messages: readonly MessageView[];
  /** Whether the server has older ones. */
  readonly more: boolean;
  readonly waiting?: 'open' | 'older';
  /** It may not be read any more. */
  readonly gone: boolean;
  /** The seq of the first message that was unread when the conversation was opened. */
  readonly freshFrom?: number;
  /** The seq up to which the server was told that it is read. */
  readonly readTo?: number;
}

/** What the contact of an interaction had before. */
export interface Earlier {
  /** Newest first; absent = the server has not answered yet. */
  readonly list?: readonly EarlierView[];
  /** Those that the agent has opened, by their ids. */
  readonly open: ReadonlyMap<string, Conversation>;
}

/** A reply that the server has not confirmed as a message yet. */
export interface Reply {
  readonly id: string;
  readonly interactionId: string;
  readonly text: string;
  readonly at: number;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly reason?: ReplyRefusal;
  /** The provider's own words. */
  readonly detail?: string;
}

/** An offer that ended before this agent answered it. */
export interface Lapsed {
  readonly id: string;
  readonly contact: string;
  readonly at: number;
}

/** What an agent has chosen for this browser. */
export interface Preferences {
  readonly sound: boolean;
  readonly shortcuts: boolean;
  /** Absent = as the desktop, else as the browser. */
  readonly language?: Language | undefined;
}

export interface DeskState {
  readonly language: Language;
  readonly preferences: Preferences;
  readonly view: View;
  readonly panel: Panel | undefined;
  readonly status: AgentStatus;
  readonly statusSince: number;
  /** A status that the server has not confirmed yet. */
  readonly statusAsked: AgentStatus | undefined;
  readonly queues: readonly QueueView[];
  readonly colleagues: readonly AgentNameView[];
  /** The latest first. */
  readonly interactions: readonly InteractionView[];
  /** The id of the interaction whose conversation is open. */
  readonly chosen: string | undefined;
  /** By interaction, in the order in which they were opened. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** By interaction. */
  readonly earlier: ReadonlyMap<string, Earlier>;
  /** What was typed and not sent, by interaction. */
  readonly drafts: ReadonlyMap<string, string>;
  /** By draft id, in the order in which they were sent. */
  readonly replies: ReadonlyMap<string, Reply>;
  /** Since when the server lists these no more, by interaction, though something was begun there. */
  readonly unlisted: ReadonlyMap<string, number>;
  /** Interactions that the agent has asked to close or to transfer. */
  readonly leaving: ReadonlySet<string>;
  /** The id of an interaction that was won: its conversation opens as soon as it comes. */
  readonly expected: string | undefined;
  readonly lapsed: readonly Lapsed[];
  /** Whether the server was asked for the board. */
  readonly watching: boolean;
  readonly board: BoardView | undefined;
}

export const initialDesk: DeskState = {
  language: 'en',
  preferences: { sound: true, shortcuts: true },
  view: 'inbox',
  panel: undefined,
  status: 'ready',
  statusSince: 0,
  statusAsked: undefined,
  queues: [],
  colleagues: [],
  interactions: [],
  chosen: undefined,
  conversations: new Map(),
  earlier: new Map(),
  drafts: new Map(),
  replies: new Map(),
  unlisted: new Map(),
  leaving: new Set(),
  expected: undefined,
  lapsed: [],
  watching: false,
  board: undefined,
};
