import type { Message } from '../event/event.ts';
import type { Person } from '../provider/provider.ts';
import type { Recipient } from '../provider/sender.ts';
import type { AccountPolicy, Changes } from './contract.ts';

/**
 * The part of a store's contract that knows what whatsapp-out has sent: so that an event which comes
 * again after a crash sends nothing twice, and an accepted message is told once however it is reported.
 */
export interface SendStore {
  /** To be called before the first byte goes out. A send that was refused before begins anew. */
  beginSend(send: NewSend): Promise<BegunSend>;
  /**
   * How it ended. `sent` brings the event `message.outgoing`, unless an echo or a status has brought it
   * before; what a status has settled as sent stays so, whatever is told here.
   */
  endSend(end: SendEnd, now: number, handOut: boolean): Promise<Changes>;
  /** The sends whose ids begin so, in the order in which they began. */
  sendsUnder(prefix: string): Promise<readonly EarlierSend[]>;
  /** Undefined = the account knows nobody of these ids. */
  contactWindow(account: string, to: Recipient): Promise<ContactWindow | undefined>;
}

/** What goes out, as its event will tell it: without the verb, and the id is the provider's to give. */
export type SentMessage = Omit<Message, 'id' | 'verb'>;

export interface NewSend {
  /** One per event, node and what is said; the provider gets it as the send's reference. */
  readonly id: string;
  /** The ids of the whatsapp-account and of the whatsapp-out node. */
  readonly account: string;
  readonly node: string;
  readonly to: Recipient;
  /** Kept until the end is known: a status may settle a send whose process has died. */
  readonly message: SentMessage;
  /** The interaction whose closing it answers, where it answers one: it belongs to it and opens none. */
  readonly closed?: string;
  readonly startedAt: number;
}

export type BegunSend =
  /** Yours: send it. */
  | { readonly state: 'begun' }
  | { readonly state: 'sent'; readonly messageId: string; readonly status: string }
  /** It began once and nobody knows how it ended: it may have gone out. */
  | { readonly state: 'unknown' };

export interface EarlierSend {
  readonly id: string;
  readonly to: Recipient;
  /** Only what has failed is known not to have gone out. */
  readonly state: 'begun' | 'sent' | 'failed' | 'unknown';
}

export type SendEnd = {
  readonly id: string;
  readonly policy: AccountPolicy;
  readonly contact: Person;
  readonly message: SentMessage;
  /** As it began. */
  readonly closed?: string;
} & (
  | {
      readonly kind: 'sent';
      readonly messageId: string;
      readonly status: string;
      /** The ids that the provider knows the recipient by: they are the contact's as well. */
      readonly reached?: Person;
    }
  /** It was not taken. */
  | { readonly kind: 'failed'; readonly code: string; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string }
);

export interface ContactWindow {
  /** When the contact last wrote to us by themselves, or called: from then on 24 hours are free. */
  readonly lastIncomingAt?: number;
}
