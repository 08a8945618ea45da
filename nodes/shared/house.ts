import type { NodeAPI } from 'node-red';
import type { AccountPolicy, Offer, OfferAnswer, TriggerStore } from '../../src/store/contract.ts';
import type { Secrets } from '../../src/provider/provider.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { DesktopAgent, PageOrder, Receipt } from '../../src/desktop/server/desktop.ts';

/** A whatsapp-account node that is deployed and valid. */
export interface LiveAccount {
  readonly id: string;
  readonly provider: string;
  readonly accountId: string;
  /** The last part of the webhook's path. */
  readonly path: string;
  readonly secrets: Secrets;
  readonly policy: AccountPolicy;
  readonly inbox: Inbox;
}

/** Where an account's events are kept and handed out; shared by all nodes on the same store. */
export interface Inbox {
  readonly store: TriggerStore;
  answerOffer(answer: OfferAnswer): Promise<boolean>;
  offers(queueIds: readonly string[]): Promise<readonly Offer[]>;
  offerShown(offerId: string, expiresAt: number): Promise<void>;
}

/** A whatsapp-in node: takes the events it wants and resolves when the flow has finished with one. */
export interface Inlet {
  readonly id: string;
  wants(event: WhatsAppEvent): boolean;
  take(event: WhatsAppEvent): Promise<void>;
}

export interface LiveQueue {
  readonly id: string;
  readonly name: string;
  readonly desktopId: string;
  /** Seconds that an offer stands. */
  readonly timeout: number;
  /** Usernames; empty = every agent of the desktop. */
  readonly agents: readonly string[];
}

export interface LiveDesktop {
  readonly id: string;
  readonly path: string;
  readonly agents: readonly DesktopAgent[];
  /** Usernames of the agents whose page is connected. */
  connected(): readonly string[];
  show(order: PageOrder): Promise<Receipt>;
  offersChanged(): void;
}

export interface DeclaredVariable {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly default: string;
  readonly sample: string;
  readonly sensitive: boolean;
  readonly description: string;
}

/** What the nodes of this package share within one Node-RED runtime: who is there, by node id. */
export interface House {
  readonly accounts: Map<string, LiveAccount>;
  readonly queues: Map<string, LiveQueue>;
  readonly desktops: Map<string, LiveDesktop>;
  readonly inlets: Map<string, Inlet>;
  readonly variables: Map<string, readonly DeclaredVariable[]>;
  readonly inboxes: Set<Inbox>;
}

const houses = new WeakMap<object, House>();

/** Every node set gets a RED object of its own; its `events` is the one that a runtime shares. */
export function houseOf(RED: NodeAPI): House {
  const known = houses.get(RED.events);
  if (known) return known;
  const house: House = {
    accounts: new Map(),
    queues: new Map(),
    desktops: new Map(),
    inlets: new Map(),
    variables: new Map(),
    inboxes: new Set(),
  };
  houses.set(RED.events, house);
  return house;
}
