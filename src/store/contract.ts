import type { Account, WhatsAppEvent } from '../event/event.ts';
import type { Amount, Crossing } from '../inbox/bounds.ts';
import type { ProviderFact } from '../provider/provider.ts';
import type { ConversationChange, ConversationStore } from './conversations.ts';
import type { ForwardStore } from './forwards.ts';
import type { InteractionStore } from './interaction-store.ts';
import type { OfferStore } from './offers.ts';
import type { SendStore } from './sends.ts';

/**
 * What a store keeps and answers. Every method resolves after its change is on stable storage and
 * rejects with E_STORE (nothing changed) when that failed. Times are milliseconds since 1970 unless
 * they stand inside an event. One conformance suite holds every engine to this contract.
 */
export interface TriggerStore
  extends ForwardStore, SendStore, InteractionStore, OfferStore, ConversationStore {
  /**
   * Keeps every new fact of a request in one transaction; known ones (by account and key) are
   * duplicates. With `handOut` the events of the answer count as handed out to the flow from the
   * commit on, here and below; without it they wait for `take`.
   */
  ingest(request: IngestRequest, handOut: boolean): Promise<Kept>;
  /** Keeps a signed request that nobody could read, for a person to look at. */
  quarantine(entry: Omit<Quarantined, 'id'>): Promise<void>;
  quarantined(limit: number): Promise<readonly Quarantined[]>;
  /**
   * Takes the next events that no flow has finished with, in the order of their commit, after `seq`;
   * they count as handed out from then on. What was handed out before a crash or a stop is `redelivered`.
   */
  take(after: number, limit: number): Promise<readonly StoredEvent[]>;
  finish(seqs: readonly number[]): Promise<void>;
  /** Makes an account known, and applies its inactivity limit to the interactions that are open. */
  setPolicy(policy: AccountPolicy): Promise<Changes>;
  /** Ends what is overdue: idle interactions, offers nobody took, pages past their ttl, old keys. */
  sweep(now: number, handOut: boolean): Promise<Changes>;

  /**
   * Keeps a page for its agents, once for all of them. With `once`, or when its event comes again, it is
   * not for those who have one of the same key already; with `replace` it takes back what waits.
   * Undefined = nobody is left to keep it for.
   */
  addPage(request: PageRequest): Promise<AddedPage | undefined>;
  /** The pages that wait for an agent. */
  pagesWaiting(desktopId: string, agent: string, now: number): Promise<readonly Page[]>;
  /** What the agent was not shown in time, newest first. */
  pagesMissed(desktopId: string, agent: string, limit: number): Promise<readonly Page[]>;
  /** What the agent was shown, newest first: a page that is loaded again lists it. */
  pagesShown(desktopId: string, agent: string, limit: number): Promise<readonly Page[]>;
  /** For each claim whether it is granted, which is so exactly once for a page and an agent. */
  claimPages(claims: readonly PageClaim[], now: number): Promise<readonly boolean[]>;

  /**
   * When the newest of an account's facts came that is still known, or an earlier one where others have
   * had thousands since; undefined = none is known. Cheap, however much is kept.
   */
  heardAt(accountId: string): Promise<number | undefined>;
  /** What an operator watches; cheap, however much is kept. */
  measure(): Promise<StoreMeasures>;
  /** What is handed out and not finished is handed back: it comes again after the next start. */
  close(): Promise<void>;
}

export interface AccountPolicy {
  readonly account: Account;
  /** Minutes without a message after which an interaction closes; 0 = never. */
  readonly closeAfter: number;
  /** Minutes after its closing in which a message opens an interaction again; 0 = a new one each time. */
  readonly reopenWithin: number;
  readonly queue?: QueuePolicy;
}

export interface QueuePolicy {
  readonly id: string;
  readonly name: string;
}

export interface IngestRequest {
  readonly facts: readonly IngestFact[];
  readonly receivedAt: number;
}

export interface IngestFact {
  readonly policy: AccountPolicy;
  readonly fact: ProviderFact;
}

export interface Kept extends Changes {
  /** The account of each duplicate. */
  readonly duplicatesOf: readonly string[];
}

export interface StoredEvent {
  /** The order of commit. */
  readonly seq: number;
  readonly event: WhatsAppEvent;
  /**
   * It was under way at several crashes: nothing else is to be taken before it is through, so that
   * the next crash tells whether it was the one.
   */
  readonly alone?: boolean;
}

/** What a change brought about, for those who act on it at once. */
export interface Changes {
  readonly events: readonly StoredEvent[];
  /** Queues whose standing offers changed. */
  readonly offersOf: readonly string[];
  /** Pages that ended unseen. */
  readonly pagesMissed?: number;
  /** Which these are. */
  readonly pagesExpired?: readonly EndedPage[];
  /**
   * Pages that are stale: their interaction has closed, or another agent has it. Popups are among them
   * that were shown while it was on offer.
   */
  readonly pagesWithdrawn?: readonly EndedPage[];
  /** What happened in the interactions of queues, in order. */
  readonly conversations?: readonly ConversationChange[];
  /** The url-forward nodes whose oldest dead letters have gone. */
  readonly forwardsTrimmed?: readonly string[];
  /** When the next sweep has something to do; undefined = nothing is due. */
  readonly nextDue?: number;
  /** What a flow is not told, but an operator may want to see. */
  readonly notices?: readonly StoreNotice[];
}

export interface StoreNotice {
  /** The id of the whatsapp-account. */
  readonly account: string;
  /** `contact`: ids that belong to two contacts came together; `old`: a message bore a time that no provider comes with. */
  readonly about: 'contact' | 'old';
  readonly text: string;
}

/** A page that an agent will not be shown, or no longer. */
export interface EndedPage extends Pick<Page, 'id' | 'key'> {
  readonly agent: string;
  readonly desktopId: string;
  readonly kind: PageContent['kind'];
  readonly title: string;
}

export interface StoreMeasures {
  /** Bytes on the disk. */
  readonly bytes: number;
  readonly quarantined: number;
  readonly offersStanding: number;
  readonly pagesWaiting: number;
  /** By account: what the flow has not finished with. */
  readonly inbox: readonly InboxMeasure[];
  /** What of the inbox is nearly full or full. */
  readonly filling: readonly Crossing[];
  /** By url-forward node: what waits for a try, and what failed for good. */
  readonly forwards: readonly ForwardMeasure[];
}

export interface InboxMeasure extends Amount {
  readonly account: string;
}

export interface ForwardMeasure {
  readonly node: string;
  readonly waiting: number;
  readonly dead: number;
}

export interface Quarantined {
  readonly id: number;
  readonly at: number;
  readonly accountId: string;
  readonly path: string;
  readonly reason: string;
  readonly body: string;
}

export type PageContent =
  | { readonly kind: 'popup'; readonly title: string; readonly html: string }
  | {
      readonly kind: 'cti';
      readonly url: string;
      readonly location: 'tab' | 'window' | 'dashboard';
      readonly tabTitle: string;
      readonly width: number;
      readonly height: number;
    };

export interface PageRequest {
  readonly desktopId: string;
  readonly agents: readonly string[];
  /** Names the trigger, the interaction and the event that the page belongs to; with `once` no event. */
  readonly key: string;
  readonly repeat: 'once' | 'replace' | 'stack';
  /** With `replace` it takes the place of the pages of this key, and of those that go on after it with ":". */
  readonly replaces?: string;
  /**
   * Its event was handed out before: whoever has the page of this key must not see it twice, and one that
   * has taken its place stays.
   */
  readonly redelivered?: boolean;
  readonly interactionId?: string;
  readonly content: PageContent;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The same for all its agents. */
export interface Page {
  readonly id: string;
  readonly key: string;
  readonly repeat: 'once' | 'replace' | 'stack';
  readonly content: PageContent;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface AddedPage {
  readonly page: Page;
  /** Usernames of those whom it waits for. */
  readonly agents: readonly string[];
  /** What waits no longer because of it. */
  readonly replaced: readonly EndedPage[];
}

export interface PageClaim {
  readonly pageId: string;
  readonly agent: string;
}
