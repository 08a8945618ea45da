import { randomUUID } from 'node:crypto';
import type { EndedPage, TriggerStore } from '../../store/contract.ts';
import type { PageOutcome, PageReceipt } from '../protocol.ts';
import { createClaims } from './claims.ts';
import type { Connection } from './connection.ts';
import type { PageOrder, Receipt } from './desktop.ts';
import { createFrameCheck, type FrameCheck } from './frames.ts';
import { createGrants } from './grants.ts';
import { createOrders, type PageFact, type PageName } from './page-facts.ts';
import { blockedReason, dashboardUrl, receiptOf, requestOf } from './page-order.ts';
import { createPageWords } from './page-words.ts';
import type { Presence } from './presence.ts';
import type { Aim } from './target.ts';
import { tellOf } from './told.ts';

export type PageStore = Pick<
  TriggerStore,
  'addPages' | 'pagesWaiting' | 'pagesMissed' | 'pagesShown' | 'claimPage'
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

/** Popups and CTI pages on their way to agents: each is a row first, then shown to whoever claims it. */
export interface PageDelivery {
  deliver(order: PageOrder, aim: Aim): Promise<Receipt>;
  /** `window` names one window of a browser, over all its connections. */
  claim(connection: Connection, pageId: string, window?: string): Promise<void>;
  /** What an agent did with a page, or their browser. */
  receipt(connection: Connection, pageId: string, what: PageReceipt): void;
  /** Tells those who may still want to show them that these pages wait no longer. */
  withdrawn(pages: readonly EndedPage[]): void;
  /** Nobody was shown these in time: they are on the lists of what was missed. */
  expired(pages: readonly EndedPage[]): Promise<void>;
  /** Tells a new connection what its agent was shown, what they missed, and what still waits. */
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

  function note(page: PageName, outcome: PageOutcome): void {
    options.pageFact(orders.fact(page, outcome, now()));
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
      const pages = await store.addPages(request);
      if (pages.length === 0) {
        const reason = 'The page was there already for this interaction.';
        return receiptOf(id, 'undelivered', [], reason);
      }
      orders.remember(pages, id, order);
      options.expect(request.expiresAt);
      await looked;
      const told = pages.filter(({ agent }) => presence.isPresent(agent));
      const seen = claims.wait(told);
      for (const page of told) words.announce(page);
      const { shown, blocked } = await seen;
      const status = shown.length > 0 ? 'shown' : 'queued';
      const agents = shown.length > 0 ? shown : pages.map(({ agent }) => agent);
      return receiptOf(id, status, agents, aim.reason, blockedReason(blocked));
    },

    async claim(connection, pageId, window) {
      const told = connection.told.get(pageId);
      const again = told?.state === 'listed' && grants.again(pageId, connection, window);
      let first = false;
      if (told?.state === 'claimable') {
        told.state = 'claimed';
        first = await store.claimPage(pageId, now());
      }
      if (told && first) {
        grants.give(pageId, connection, window);
        note(told.page, 'shown');
      }
      if (told && (first || again)) told.state = 'shown';
      connection.send({ type: 'claimed', pageId, granted: first || again });
      if (first) claims.granted(pageId);
    },

    receipt(connection, pageId, what) {
      const told = connection.told.get(pageId);
      if (!told || !['shown', 'confirmed', 'listed'].includes(told.state)) return;
      grants.settle(pageId);
      told.state = 'confirmed';
      if (what === 'shown' || told.receipts.includes(what)) return;
      told.receipts = [...told.receipts, what];
      note(told.page, what);
      if (what !== 'dismissed') claims.reported(pageId, what === 'blocked');
    },

    withdrawn(pages) {
      for (const page of pages) note(page, 'withdrawn');
      for (const connection of presence.all()) {
        const waiting = pages.filter(({ id }) => connection.told.get(id)?.state === 'claimable');
        for (const page of waiting) tellOf(connection.told, page, 'withdrawn');
        const pageIds = waiting.map(({ id }) => id);
        if (pageIds.length > 0) connection.send({ type: 'withdrawn', pageIds });
      }
    },

    async expired(pages) {
      for (const page of pages) note(page, 'expired');
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
