/**
 * The words that the agents' page and its server exchange over the one channel
 * (`<httpNodeRoot>/<desktop path>/channel`, JSON text frames). Shared by both sides; times are
 * milliseconds since 1970 by the server's clock.
 */
import type { PageContent } from '../store/contract.ts';
import type { BoardAgent, BoardShown, BoardWaiting } from './board-line.ts';
import type {
  AgentNameView,
  EarlierView,
  InteractionView,
  MessageView,
} from './interaction-view.ts';

export interface OfferView {
  readonly id: string;
  /** The contact's name, else phone, else user id: the accessible name of the offer's group. */
  readonly contact: string;
  readonly detail: string;
  readonly account: string;
  readonly queue: string;
  readonly text: string;
  /** Of the message, such as "image", for one without a text. */
  readonly messageType?: string;
  readonly createdAt: number;
  /** Absent = no clock runs: it waits until somebody takes it. */
  readonly expiresAt?: number;
}

export interface PageView {
  readonly id: string;
  /** A page of the same key with repeat "replace" takes the place of the one that is shown. */
  readonly key: string;
  /** The interaction it belongs to; a page of no interaction has a subject of its own. */
  readonly subject: string;
  readonly repeat: 'once' | 'replace' | 'stack';
  readonly content: PageContent;
  readonly createdAt: number;
  /** Why no dashboard tab can show it: its site refuses frames, or the desktop's list lacks its host. */
  readonly unframed?: 'refused' | 'unlisted';
}

/** What an agent is at: only those who are ready are offered anything. */
export type AgentStatus = 'ready' | 'paused';

export type AgentRole = 'agent' | 'supervisor';

export interface QueueView {
  readonly id: string;
  readonly name: string;
}

/** What supervisors see of the whole desktop. */
export interface BoardView {
  readonly agents: readonly BoardAgent[];
  /** Those who wait longest, the longest first; every one of them stands among `interactions` too. */
  readonly waiting: readonly BoardWaiting[];
  readonly waitingCount: number;
  /** Of the open interactions of the desktop's queues those that wait, and the latest of the others. */
  readonly interactions: readonly InteractionView[];
  readonly openCount: number;
  /** What was shown to whom, newest first. */
  readonly shown: readonly BoardShown[];
}

export type PageOutcome = 'shown' | 'opened' | 'dismissed' | 'blocked' | 'expired' | 'withdrawn';

/** Why a reply did not go out. */
export type ReplyRefusal =
  /** The interaction is closed, or another agent's. */
  | 'gone'
  /** The contact has not written for 24 hours: only templates may be sent. */
  | 'window'
  /** The account cannot send. */
  | 'cannotSend'
  /** Too many messages are on their way. */
  | 'busy'
  /** The provider did not take it; `text` says why. */
  | 'failed';

export type ServerWord =
  | {
      readonly type: 'welcome';
      readonly agent: SessionView;
      readonly desktop: string;
      readonly status: AgentStatus;
      readonly statusSince: number;
      /** Whom one may transfer to; without the agent themselves. */
      readonly queues: readonly QueueView[];
      readonly colleagues: readonly AgentNameView[];
      /** Hosts that a dashboard tab may show. */
      readonly frames: readonly string[];
      readonly now: number;
    }
  /** The agent's status, also when another of their pages has changed it. */
  | { readonly type: 'status'; readonly status: AgentStatus; readonly since: number }
  /** A queue was added, renamed or taken out; replaces what was known. */
  | { readonly type: 'queues'; readonly queues: readonly QueueView[] }
  /** Every standing offer for this agent; replaces what was known. */
  | { readonly type: 'offers'; readonly offers: readonly OfferView[] }
  /**
   * `interactionId`: of the offer that was won by accepting it. `by`: the name of who has it now, when it
   * was lost and that is known.
   */
  | {
      readonly type: 'answered';
      readonly offerId: string;
      readonly won: boolean;
      readonly interactionId?: string;
      readonly by?: string;
    }
  /** Everything that is this agent's; replaces what was known. */
  | { readonly type: 'interactions'; readonly interactions: readonly InteractionView[] }
  /** One that is new, or has changed. */
  | { readonly type: 'interaction'; readonly interaction: InteractionView }
  /** It is this agent's no more: closed by somebody or by time, transferred, or offered again. */
  | {
      readonly type: 'interactionEnded';
      readonly id: string;
      readonly reason: 'closed' | 'transferred' | 'released';
      readonly by?: string;
    }
  /**
   * The answer to `open` (the newest) and to `older` (those before); newest last. From `open` on every
   * change comes as `message`, to the last 20 conversations that this page has opened.
   */
  | {
      readonly type: 'conversation';
      readonly interactionId: string;
      /** The seq that `older` named; absent = the answer to `open`, which replaces what was known. */
      readonly before?: number;
      readonly messages: readonly MessageView[];
      /** Whether there are older ones. */
      readonly more: boolean;
    }
  /** The answer to `history`: the latest of the contact's earlier interactions, newest first. */
  | {
      readonly type: 'history';
      readonly interactionId: string;
      readonly earlier: readonly EarlierView[];
    }
  /** The answer to `earlier`: newest last, as in `conversation`. */
  | {
      readonly type: 'earlier';
      readonly interactionId: string;
      readonly earlierId: string;
      readonly before?: number;
      readonly messages: readonly MessageView[];
      readonly more: boolean;
    }
  /** A new one, or one whose ticks have changed. */
  | {
      readonly type: 'message';
      readonly interactionId: string;
      readonly message: MessageView;
    }
  /** What became of a reply; one that went out comes as `message` too. */
  | {
      readonly type: 'replied';
      readonly draftId: string;
      readonly ok: boolean;
      readonly reason?: ReplyRefusal;
      /** The provider's own words, in English. */
      readonly text?: string;
    }
  /** The interaction is not (or no longer) one that this agent may do this with. */
  | {
      readonly type: 'refused';
      readonly what:
        'open' | 'older' | 'history' | 'earlier' | 'read' | 'close' | 'transfer' | 'watch';
      readonly interactionId?: string;
      readonly reason: 'gone' | 'notAllowed' | 'noSuchTarget';
    }
  /** To supervisors who watch: replaces what was known, at most once a second. */
  | { readonly type: 'board'; readonly board: BoardView }
  /** A page waits: whoever wants to show it asks for it with `claim`. */
  | { readonly type: 'page'; readonly page: PageView }
  /** The answer to `claim`: only a granted page is shown, and only here. */
  | { readonly type: 'claimed'; readonly pageId: string; readonly granted: boolean }
  /**
   * These pages are stale: those that wait do so no longer, and a popup among them that is on a screen
   * leaves it, since a colleague has its interaction. What is not named stays.
   */
  | { readonly type: 'withdrawn'; readonly pageIds: readonly string[] }
  /** What this agent was not shown in time, newest first. */
  | { readonly type: 'missed'; readonly pages: readonly PageView[] }
  /**
   * What this agent was shown of late, newest first; a page that is loaded again lists it. It ends what a
   * connection begins with: every page that waits or was missed has been told by then.
   */
  | { readonly type: 'recent'; readonly pages: readonly PageView[] }
  | { readonly type: 'pong' };

export type PageWord =
  | { readonly type: 'accept'; readonly offerId: string }
  | { readonly type: 'reject'; readonly offerId: string }
  /** `window` names one window over all its connections: it alone may have a page granted again. */
  | { readonly type: 'claim'; readonly pageId: string; readonly window?: string | undefined }
  | { readonly type: 'open'; readonly interactionId: string }
  /** `before`: the seq of the oldest message that the page knows. */
  | { readonly type: 'older'; readonly interactionId: string; readonly before: number }
  /** Which interactions the contact of this one had before. */
  | { readonly type: 'history'; readonly interactionId: string }
  /** The messages of one of those; `before` as in `older`. */
  | {
      readonly type: 'earlier';
      readonly interactionId: string;
      readonly earlierId: string;
      readonly before?: number | undefined;
    }
  /** The agent has seen everything up to this message. */
  | { readonly type: 'read'; readonly interactionId: string; readonly seq: number }
  /** `draftId` is the page's (a UUID): the same one is sent once. */
  | {
      readonly type: 'reply';
      readonly interactionId: string;
      readonly draftId: string;
      readonly text: string;
    }
  | { readonly type: 'close'; readonly interactionId: string; readonly reason: string }
  | { readonly type: 'transfer'; readonly interactionId: string; readonly to: TransferTarget }
  | { readonly type: 'status'; readonly status: AgentStatus }
  | { readonly type: 'receipt'; readonly pageId: string; readonly what: PageReceipt }
  /** Supervisors: whether this page wants the board. */
  | { readonly type: 'watch'; readonly on: boolean }
  | { readonly type: 'ping' };

/** A username, or the id of a queue. */
export type TransferTarget = { readonly agent: string } | { readonly queue: string };

/**
 * What a window says of a page: that it stands on the screen, that a click or the browser opened it,
 * that the agent closed it, that the browser blocked it.
 */
export type PageReceipt = 'shown' | 'opened' | 'dismissed' | 'blocked';

/** Characters (UTF-16) that a reply and a reason may have. */
export const longestReply = 4096;
export const longestReason = 200;

/** Who is logged in: the answer to a login and to `GET <desktop path>/session`, which is 204 for nobody. */
export interface SessionView {
  readonly username: string;
  readonly name: string;
  readonly role: AgentRole;
}
