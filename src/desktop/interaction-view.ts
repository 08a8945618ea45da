/** What the agents' page shows of an interaction; times as in the protocol. */
import type { Location } from '../event/event.ts';

/** An open interaction, as its agent's list shows it. */
export interface InteractionView {
  readonly id: string;
  readonly contact: string;
  readonly detail: string;
  readonly account: string;
  readonly queue?: string;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly lastText: string;
  /** Of the last message, such as "image", for one without a text. */
  readonly lastType?: string;
  readonly unread: number;
  /** Until when the contact may be written to freely; absent = nobody knows, or it is over. */
  readonly windowUntil?: number;
  /** Whether the account can send at all. */
  readonly canReply: boolean;
  /** Who has it; absent = it waits in its queue. */
  readonly agent?: AgentNameView;
}

export interface AgentNameView {
  readonly username: string;
  readonly name: string;
}

export interface MessageView {
  readonly id: string;
  /** Its place in the conversation: `older` and `read` name it. */
  readonly seq: number;
  readonly verb: 'incoming' | 'outgoing';
  readonly type: string;
  readonly text: string;
  readonly at: number;
  /** The name of the agent who wrote it. */
  readonly by?: string;
  /** Of outgoing ones. */
  readonly status?: 'sending' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  readonly errorText?: string;
  readonly media: readonly MediaView[];
  readonly location?: Location;
  readonly buttonId?: string;
}

export interface MediaView {
  readonly type: string;
  readonly fileName?: string;
  readonly caption?: string;
  readonly mimeType?: string;
  /**
   * `media/…`: the desktop itself serves it, so the page may show an image, audio or video of it at
   * once. Else an https address of the provider's: it is opened on a click, never loaded by itself.
   */
  readonly href?: string;
}

/**
 * An interaction of the same contact on the same account that was over before: to read, never to
 * write to. It is listed for who has, or watches over, the open one.
 */
export interface EarlierView {
  readonly id: string;
  readonly openedAt: number;
  readonly closedAt: number;
  /** As it was closed with; "" = none was given. */
  readonly reason: string;
  readonly queue?: string;
  /** Who had it. */
  readonly agent?: AgentNameView;
  /** What was said last; absent = nothing of it is kept. */
  readonly lastText?: string;
  readonly lastType?: string;
}
