import { randomUUID } from 'node:crypto';
import type { Page, TriggerStore } from '../../store/contract.ts';
import type { PageView } from '../protocol.ts';
import { createClaims } from './claims.ts';
import type { Connection } from './connection.ts';
import type { PageOrder, Receipt } from './desktop.ts';
import type { Presence } from './presence.ts';
import type { Aim } from './target.ts';

export type PageStore = Pick<
  TriggerStore,
  'addPages' | 'pagesWaiting' | 'pagesMissed' | 'claimPage'
>;

export interface PageDeliveryOptions {
  readonly desktopId: string;
  readonly store: PageStore;
  /** Told when a page that was kept ends. */
  readonly expect: (at: number) => void;
  readonly presence: Presence;
  readonly now: () => number;
}

/** Popups and CTI pages on their way to agents: each is a row first, then shown to whoever claims it. */
export interface PageDelivery {
  deliver(order: PageOrder, aim: Aim): Promise<Receipt>;
  claim(connection: Connection, pageId: string): Promise<void>;
  /** Tells those who may still want to show them that these pages wait no longer. */
  withdrawn(pageIds: readonly string[]): void;
  /** Tells a new connection what its agent missed and what still waits. */
  welcome(connection: Connection): Promise<void>;
  close(): void;
}

const mostMissed = 50;
const mostContent = 256 * 1024;

export function createPageDelivery(options: PageDeliveryOptions): PageDelivery {
  const { desktopId, store, presence, now } = options;
  const claims = createClaims();

  function tell(connection: Connection, page: Page): void {
    if (connection.told.has(page.id)) return;
    connection.told.set(page.id, 'claimable');
    connection.send({ type: 'page', page: viewOf(page) });
  }

  return {
    async deliver(order, aim) {
      const id = randomUUID();
      const receipt = (
        status: Receipt['status'],
        agents: readonly string[],
        reason = aim.reason,
      ) => ({
        id,
        status,
        agents,
        ...(reason === undefined ? {} : { reason }),
      });
      if (aim.agents.length === 0) return receipt('undelivered', []);
      if (JSON.stringify(order.content).length > mostContent) {
        return receipt('undelivered', [], 'The page is larger than 256 KiB.');
      }
      const request = requestOf(order, aim.agents, desktopId, now());
      const pages = await store.addPages(request);
      if (pages.length === 0) {
        return receipt('undelivered', [], 'The page was there already for this interaction.');
      }
      options.expect(request.expiresAt);
      const told = pages.filter(({ agent }) => presence.of(agent).length > 0);
      const shown = claims.wait(told);
      for (const page of told) {
        for (const connection of presence.of(page.agent)) tell(connection, page);
      }
      const agents = await shown;
      return agents.length > 0
        ? receipt('shown', agents)
        : receipt(
            'queued',
            pages.map(({ agent }) => agent),
          );
    },

    async claim(connection, pageId) {
      const claimable = connection.told.get(pageId) === 'claimable';
      if (claimable) connection.told.set(pageId, 'claimed');
      const granted = claimable && (await store.claimPage(pageId, now()));
      connection.send({ type: 'claimed', pageId, granted });
      if (granted) claims.granted(pageId);
    },

    withdrawn(pageIds) {
      for (const connection of presence.all()) {
        const known = pageIds.filter((id) => connection.told.get(id) === 'claimable');
        for (const id of known) connection.told.set(id, 'withdrawn');
        if (known.length > 0) connection.send({ type: 'withdrawn', pageIds: known });
      }
    },

    async welcome(connection) {
      const { username } = connection.agent;
      const [missed, waiting] = await Promise.all([
        store.pagesMissed(desktopId, username, mostMissed),
        store.pagesWaiting(desktopId, username, now()),
      ]);
      connection.send({ type: 'missed', pages: missed.map(viewOf) });
      for (const page of waiting) tell(connection, page);
    },

    close: () => claims.close(),
  };
}

/**
 * A page's key says which interaction and trigger it belongs to. With "stack" every event has a page of
 * its own; only an event that comes again after a crash must not show it twice.
 */
function requestOf(order: PageOrder, agents: readonly string[], desktopId: string, now: number) {
  const { event, triggerId, content } = order;
  const stacked = order.repeat === 'stack';
  const subject = event?.interaction.id || randomUUID();
  const interactionId = event?.interaction.id;
  return {
    desktopId,
    agents,
    key: [triggerId, subject, ...(stacked && event ? [event.id] : [])].join(':'),
    repeat: stacked && event?.redelivered ? ('once' as const) : order.repeat,
    ...(interactionId ? { interactionId } : {}),
    content,
    createdAt: now,
    expiresAt: now + order.ttl * 1000,
  };
}

function viewOf({ id, key, repeat, content, createdAt }: Page): PageView {
  return { id, key, repeat, content, createdAt };
}
