/** The six names a trigger can ask for, and `delivery`, which has an output of its own. */
export const eventNames = [
  'interaction.opened',
  'interaction.closed',
  'message.incoming',
  'message.outgoing',
  'message.accepted',
  'message.rejected',
] as const;

export type TriggerEventName = (typeof eventNames)[number];
export type EventName = TriggerEventName | 'delivery';
export type MessageVerb = 'incoming' | 'outgoing' | 'accepted' | 'rejected';
export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface Account {
  /** The id of the whatsapp-account node. */
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly provider: string;
  readonly number: string;
}

export interface Contact {
  readonly id: string;
  /** Digits with a leading "+". */
  readonly phone?: string;
  /** The provider's business-scoped user id, an opaque string. */
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
}

export interface Agent {
  readonly username: string;
  readonly name: string;
}

export interface Media {
  readonly type: string;
  readonly id?: string;
  readonly url?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  readonly caption?: string;
}

export interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

export interface SharedContact {
  readonly name: string;
  readonly phones: readonly string[];
}

export interface Referral {
  readonly sourceUrl?: string;
  readonly sourceType?: string;
  readonly sourceId?: string;
  readonly headline?: string;
  readonly body?: string;
}

export interface Message {
  readonly id: string;
  readonly verb: MessageVerb;
  /** The provider's own word for the kind: text, image, location, … Unknown kinds pass through. */
  readonly type: string;
  readonly text: string;
  readonly media: readonly Media[];
  readonly replyTo?: string;
  readonly buttonId?: string;
  readonly location?: Location;
  readonly contacts?: readonly SharedContact[];
  readonly referral?: Referral;
  readonly reason?: string;
  /** Who wrote it on the agent desktop. */
  readonly agent?: Agent;
  /** The id of the group that it was written in. */
  readonly group?: string;
}

export interface Interaction {
  readonly id: string;
  /** The change that this very event carries. */
  readonly change?: 'opened' | 'closed';
  readonly state: 'open' | 'closed';
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly reason?: string;
  /** What the `interaction` node has set; only when there is any. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Delivery {
  readonly status: DeliveryStatus;
  readonly errorCode?: string;
  readonly errorText?: string;
}

/** What happened, as `whatsapp-in` puts it in `msg.payload`. Times are ISO 8601 in UTC. */
export interface WhatsAppEvent {
  /** The same after a restart or a redelivery. */
  readonly id: string;
  readonly name: EventName;
  readonly at: string;
  readonly receivedAt: string;
  readonly account: Account;
  readonly interaction: Interaction;
  readonly message?: Message;
  readonly contact: Contact;
  readonly agent?: Agent;
  readonly queue?: string;
  readonly delivery?: Delivery;
  readonly redelivered: boolean;
  /** Somebody has sent it again on purpose: its pages are shown and its dead letters tried again. */
  readonly resent?: true;
  /** From a dry run of the simulator: action nodes say what they would do, and do nothing. */
  readonly dryRun?: true;
  readonly raw?: unknown;
}

/** Whether a message's payload is one of our events, and not another node's object. */
export function isEvent(payload: unknown): payload is WhatsAppEvent {
  if (typeof payload !== 'object' || payload === null) return false;
  const { name, account, interaction, contact } = payload as Partial<WhatsAppEvent>;
  return (
    typeof name === 'string' &&
    (name === 'delivery' || (eventNames as readonly string[]).includes(name)) &&
    [account, interaction, contact].every((part) => typeof part === 'object' && part !== null)
  );
}
