import type { Agent } from '../event/event.ts';
import type { Person } from '../provider/provider.ts';
import type { OutgoingContent, Recipient, Sender, SendingAccount } from '../provider/sender.ts';
import type { AccountPolicy, Changes } from '../store/contract.ts';
import type { Call } from './api-client.ts';
import type { SendStore } from '../store/sends.ts';

/** A message that is to be sent. */
export interface Order {
  /** The same when its event comes again; the provider gets it as the send's reference. */
  readonly id: string;
  /** The whatsapp-out node. */
  readonly node: string;
  readonly to: Recipient;
  /** All that is known of the recipient. */
  readonly contact: Person;
  readonly content: OutgoingContent;
  /** Who wrote it, where that was a person. */
  readonly agent?: Agent;
  /** The event of the message that it answers, where it answers one. */
  readonly answers?: string;
  /** The interaction whose closing it answers, where it answers one: it belongs to it and opens none. */
  readonly closed?: string;
  /** Asked before each try: an account may be deployed anew meanwhile. Throws when there is none. */
  party(): SendingParty;
  /** Tells the operator. */
  readonly warn: (text: string) => void;
  /** Called when it has to wait for long, for a limit or for the next try. */
  readonly delayed?: () => void;
}

/** Through whom it goes. */
export interface SendingParty {
  readonly account: OutboxAccount;
  readonly sender: Sender;
  /** What answers in the provider's place; without it the provider is called. */
  readonly call?: Call;
}

/** An account, and where its sends are kept. */
export interface OutboxAccount extends SendingAccount {
  readonly id: string;
  readonly policy: AccountPolicy;
  readonly inbox: {
    readonly store: Pick<SendStore, 'beginSend' | 'contactWindow' | 'endSend' | 'sendsUnder'>;
    change(command: (handOut: boolean) => Promise<Changes>): Promise<unknown>;
  };
}

/** The provider's id of the message, and what it said of it. */
export interface Sent {
  readonly id: string;
  readonly status: string;
}
