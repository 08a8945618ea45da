import { randomUUID } from 'node:crypto';
import type { EndedPage, PageClaim, TriggerStore } from '../../store/contract.ts';
import type { PageOutcome, PageReceipt } from '../protocol.ts';
import { createClaims } from './claims.ts';
import type { Connection } from './connection.ts';
import type { PageOrder, Receipt } from './desktop.ts';
import { createFrameCheck, type FrameCheck } from './frames.ts';
import { gather } from './gather.ts';
import { createGrants } from './grants.ts';
import { createOrders, type PageFact, type PageName } from './page-facts.ts';
import { blockedReason, dashboardUrl, receiptOf, requestOf } from './page-order.ts';
import { createPageWords } from './page-words.ts';
import type { Presence } from './presence.ts';
import type { Aim } from './target.ts';
import type { Told } from './told.ts';

export type PageStore = Pick<
  TriggerStore,
  'addPage' | 'pagesWaiting' | 'pagesMissed' | 'pagesShown' | 'claimPages'
>;

export interface PageDeliveryOptions {
  readonly desktopId: string;
  readonly store: PageStore;
  /** Told when a page that was kept ends. */
  readonly expect: (at: number) => void;
  readonly presence: Presence;
  /** Told what becomes of every page, long after its node went on. */
  readonly pageFact: (fact: PageFact) => void;
  /** Hosts that a dashboard tab may show; none = any. */
  readonly frames: readonly string[];
  readonly frameCheck?: FrameCheck;
  readonly now: () => number;
}

/** Popups and CTI pages on their way to agents: each is kept first, then shown to whoever claims it. */
export interface PageDelivery {
  deliver(order: PageOrder, aim: Aim): Promise<Receipt>;
  /** `window` names one window of a browser, over all its connections. */
  claim(connection: Connection, pageId: string, window?: string): Promise<void>;
  /** What an agent did with a page, or their browser. */
  receipt(connection: Connection, pageId: string, what: PageReceipt): void;
  /** Tells those who would show these pages, or do, that they are stale. */
  withdrawn(pages: readonly EndedPage[]): void;
  /** Nobody was shown these in time: they are on the lists of what was missed. */
  expired(pages: readonly EndedPage[]): Promise<void>;
  /** Tells a new connection what still waits, what its agent missed, and what they were shown. */
  welcome(connection: Connection): Promise<void>;
  close(): void;
}

const mostContent = 256 * 1024;

export function createPageDelivery(options: PageDeliveryOptions): PageDelivery {
  const { desktopId, store, presence, now } = options;
  const frames = options.frameCheck ?? createFrameCheck(options);
  const claims = createClaims();
  const grants = createGrants((connection) => presence.has(connection));
  const orders = createOrders();
  const words = createPageWords({ ...options, frames, grants });

  const claim = gather((asked: readonly PageClaim[]) => store.claimPages(asked, now()));

  function note(page: PageName, agent: string, outcome: PageOutcome): void {
    options.pageFact(orders.fact(page, agent, outcome, now()));
  }

  function withdraw(pages: readonly EndedPage[]): void {
    const stale = new Map<Connection, string[]>();
    for (const page of pages) {
      note(page, page.agent, 'withdrawn');
      for (const connection of presence.of(page.agent)) {
        const told = connection.told.get(page.id);
        if (!told || told.state === 'withdrawn') continue;
        told.state = 'withdrawn';
        stale.set(connection, [...(stale.get(connection) ?? []), page.id]);
      }
    }
    for (const [connection, pageIds] of stale) connection.send({ type: 'withdrawn', pageIds });
  }

  /** It may have become stale while the store was asked: then nobody shows it any more. */
  async function grant(told: Told, agent: string): Promise<boolean> {
    told.state = 'claimed';
    const granted = (await claim({ pageId: told.page.id, agent })) ?? false;
    return granted && !isStale(told);
  }

  return {
    async deliver(order, aim) {
      const id = randomUUID();
      const { content } = order;
      if (aim.agents.length === 0) return receiptOf(id, 'undelivered', [], aim.reason);
      if (JSON.stringify(content).length > mostContent) {
        return receiptOf(id, 'undelivered', [], 'The page is larger than 256 KiB.');
      }
      const url = dashboardUrl(content);
      const looked = url === undefined ? undefined : frames.look(url);
      const request = requestOf(order, { desktopId, agents: aim.agents, now: now() });
      const added = await store.addPage(request);
      if (!added) {
        const subject = order.repeat === 'once' ? 'interaction' : 'event';
        const reason = `The page was there already for this ${subject}.`;
        return receiptOf(id, 'undelivered', [], reason);
      }
      const { page } = added;
      orders.remember(page.id, id, order);
      options.expect(request.expiresAt);
      await looked;
      withdraw(added.replaced);
      const told = added.agents.filter((agent) => presence.isPresent(agent));
      const seen = claims.wait(page, told);
      words.announce(page, told);
      const { shown, blocked } = await seen;
      const status = shown.length > 0 ? 'shown' : 'queued';
      const agents = shown.length > 0 ? shown : added.agents;
      return receiptOf(id, status, agents, aim.reason, blockedReason(blocked));
    },

    async claim(connection, pageId, window) {
      const { told: pages, agent } = connection;
      const told = pages.get(pageId);
      const again = told?.state === 'listed' && grants.again(pageId, connection, window);
      const first = told?.state === 'claimable' && (await grant(told, agent.username));
      if (told && first) {
        grants.give(pageId, connection, window);
        note(told.page, agent.username, 'shown');
      }
      if (told && (first || again)) told.state = 'shown';
      connection.send({ type: 'claimed', pageId, granted: first || again });
      if (first) claims.granted(pageId, agent.username);
    },

    receipt(connection, pageId, what) {
      const told = connection.told.get(pageId);
      if (!told || !['shown', 'confirmed', 'listed'].includes(told.state)) return;
      const { username } = connection.agent;
      grants.settle(pageId, username);
      told.state = 'confirmed';
      if (what === 'shown' || told.receipts.includes(what)) return;
      told.receipts = [...told.receipts, what];
      note(told.page, username, what);
      if (what !== 'dismissed') claims.reported(pageId, username, what === 'blocked');
    },

    withdrawn: withdraw,

    async expired(pages) {
      for (const page of pages) note(page, page.agent, 'expired');
      for (const username of new Set(pages.map(({ agent }) => agent))) {
        await words.missed(username);
      }
    },

    welcome: (connection) => words.welcome(connection),

    close() {
      claims.close();
      frames.close();
    },
  };
}

function isStale({ state }: Told): boolean {
  return state === 'withdrawn';
}
