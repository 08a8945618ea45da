import { EventEmitter } from 'node:events';
import type { NodeAPI } from 'node-red';
import type { Landing } from '../../src/inbox/in-flight.ts';
import type { Inbox } from '../../src/inbox/inbox.ts';
import type { TriggerError } from '../../src/errors.ts';
import type { Mapping } from '../../src/provider/mapping.ts';
import type { SendingAccount } from '../../src/provider/sender.ts';
import type { ReceivingAccount } from '../../src/receiver/route.ts';
import type { EndedPage } from '../../src/store/contract.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { News } from '../../src/receiver/news.ts';
import { discretionOf, type LogSettings } from '../../src/trace/log-settings.ts';
import { createMeters, type Meters } from '../../src/trace/meters.ts';
import { createTriggerLog, type TriggerLog } from '../../src/trace/trigger-log.ts';
import type {
  DesktopAgent,
  DesktopQueue,
  PageOrder,
  Receipt,
} from '../../src/desktop/server/desktop.ts';
import type { ConversationChange } from '../../src/store/conversations.ts';
import type { EventLog } from './log/event-logs.ts';

/** A whatsapp-account node that is deployed and valid. */
export interface LiveAccount extends ReceivingAccount, SendingAccount {
  readonly id: string;
  readonly provider: string;
  /** The last part of the webhook's path. */
  readonly path: string;
  /** How a generic provider's requests are read. */
  readonly mapping?: Mapping;
}

/** A whatsapp-in node: takes the events it wants and tells when and how the flow was done with one. */
export interface Inlet {
  readonly id: string;
  /** Whether it passes on the provider's own object. */
  readonly raw: boolean;
  wants(event: WhatsAppEvent): boolean;
  take(event: WhatsAppEvent): Promise<Landing>;
}

export interface LiveDesktop {
  readonly id: string;
  readonly path: string;
  readonly agents: readonly DesktopAgent[];
  /** Usernames of the agents whose page is connected. */
  connected(): readonly string[];
  show(order: PageOrder): Promise<Receipt>;
  offersChanged(): void;
  /** What happened in interactions of its queues, and of those that were. */
  interactionsChanged(changes: readonly ConversationChange[]): void;
  /** Pages that waited for an agent wait no longer. */
  withdrawn(pages: readonly EndedPage[]): void;
  /** Nobody was shown these pages in time. */
  expired(pages: readonly EndedPage[]): void;
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
  /** Why an account that is deployed cannot be served, by its node's id. */
  readonly refusals: Map<string, TriggerError>;
  /** Why an account cannot send, by its node's id; see health.ts. */
  readonly ailments: Map<string, string>;
  readonly queues: Map<string, DesktopQueue>;
  readonly desktops: Map<string, LiveDesktop>;
  readonly inlets: Map<string, Inlet>;
  readonly variables: Map<string, readonly DeclaredVariable[]>;
  readonly inboxes: Set<Inbox>;
  /** What happened to the events of an inbox; without one nothing is written down. */
  readonly eventLogs: Map<Inbox, EventLog>;
  /** What the store of an inbox says of its log, also where it keeps none. */
  readonly logSettings: Map<Inbox, LogSettings>;
  /** Webhook paths whose account is being redeployed: they answer 503 meanwhile, not 404. */
  readonly restarting: Set<string>;
  readonly log: TriggerLog;
  readonly meters: Meters;
  /** Tells that something was heard of an account: a whatsapp-in node shows it. */
  readonly accountNews: EventEmitter<{ news: [accountIds: readonly string[], news: News] }>;
}

const houses = new WeakMap<object, House>();

/** Every node set gets a RED object of its own; its `events` is the one that a runtime shares. */
export function houseOf(RED: NodeAPI): House {
  const known = houses.get(RED.events);
  if (known) return known;
  const house: House = {
    accounts: new Map(),
    refusals: new Map(),
    ailments: new Map(),
    queues: new Map(),
    desktops: new Map(),
    inlets: new Map(),
    variables: new Map(),
    inboxes: new Set(),
    eventLogs: new Map(),
    logSettings: new Map(),
    restarting: new Set(),
    log: createTriggerLog(),
    meters: createMeters(),
    accountNews: new EventEmitter(),
  };
  houses.set(RED.events, house);
  let leftOut = '';
  // Whoever has not come back when the flow runs again is gone.
  RED.events.on('flows:started', () => {
    house.restarting.clear();
    for (const inbox of house.logSettings.keys()) {
      if (!house.inboxes.has(inbox)) house.logSettings.delete(inbox);
    }
    // What was told under other settings may be told no longer.
    const before = leftOut;
    leftOut = whatIsLeftOut(house);
    if (leftOut !== before) house.log.forgetDecisions();
  });
  return house;
}

/** Stores that leave something out, and what. */
function whatIsLeftOut({ logSettings }: House): string {
  const stores = [...logSettings].flatMap(([{ name }, settings]) => {
    const { isOff, masks } = discretionOf([settings]);
    return masks.length > 0 ? [JSON.stringify([name, isOff, masks])] : [];
  });
  return stores.toSorted().join(' ');
}
