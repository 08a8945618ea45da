import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PageWord } from '../protocol.ts';
import { createChannel } from './channel.ts';
import { closeCodes, type Connection } from './connection.ts';
import type { DesktopAgent, DesktopQueue, PageOrder, Receipt } from './desktop.ts';
import { createLogin } from './login.ts';
import type { LoginLimiter } from './login-limiter.ts';
import { createOfferDesk, type OfferSource } from './offer-desk.ts';
import { createPageDelivery, type PageStore } from './page-delivery.ts';
import { createPresence } from './presence.ts';
import type { Sessions } from './sessions.ts';
import { createSite, type Site } from './site.ts';
import { aimAt, type Surroundings } from './target.ts';

export interface DesktopOptions {
  readonly id: string;
  readonly name: string;
  /** Below `httpNodeRoot`, without slashes at its ends. */
  readonly path: string;
  /** The whole path with `httpNodeRoot`, without a slash at its end. */
  readonly fullPath: string;
  readonly agents: readonly DesktopAgent[];
  /** PHC strings by username. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly frames: readonly string[];
  readonly origins: readonly string[];
  readonly pageFolder: string;
  /** Both outlive a redeploy, so that it neither logs anyone out nor forgives a guesser. */
  readonly sessions: Sessions;
  readonly limiter: LoginLimiter;
  readonly store: PageStore;
  /** Told when a page that was kept ends, so that the store's sweep comes in time. */
  readonly expect: (at: number) => void;
  readonly offers: OfferSource;
  readonly queues: () => readonly DesktopQueue[];
  /** The queue of an account, on whatever desktop it is. */
  readonly queueOf: (accountId: string) => DesktopQueue | undefined;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}

/** An agent desktop at work. */
export interface Desktop {
  readonly id: string;
  readonly path: string;
  readonly fullPath: string;
  readonly agents: readonly DesktopAgent[];
  connected(): readonly string[];
  show(order: PageOrder): Promise<Receipt>;
  offersChanged(): void;
  /** Pages that waited for an agent wait no longer. */
  withdrawn(pageIds: readonly string[]): void;
  readonly serve: Site;
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer, secure: boolean): void;
  close(): Promise<void>;
}

export function openDesktop(options: DesktopOptions): Desktop {
  const { id, name, path, fullPath, agents, passwords, sessions, now } = options;
  const usernames = agents.map(({ username }) => username);
  let closed = false;
  const presence = createPresence();
  const pages = createPageDelivery({ ...options, desktopId: id, presence });
  const desk = createOfferDesk({ ...options, source: options.offers, agents: usernames, presence });
  sessions.keep((username) => (usernames.includes(username) ? passwords.get(username) : undefined));

  /** The store may close with us, and that is no failure. */
  function failed(error: unknown): void {
    if (!closed) options.failed(error);
  }

  /** What a page asked for and could not get: it comes again, and everything is read anew. */
  function attend(connection: Connection, task: Promise<void>): void {
    task.catch((error: unknown) => {
      failed(error);
      connection.close(closeCodes.failure);
    });
  }

  async function greet(connection: Connection): Promise<void> {
    const { username, name: agentName } = connection.agent;
    const agent = { username, name: agentName };
    connection.send({ type: 'welcome', agent, desktop: name, now: now() });
    await desk.refresh([connection]);
    await pages.welcome(connection);
  }

  async function obey(connection: Connection, word: PageWord): Promise<void> {
    switch (word.type) {
      case 'accept':
        return desk.answer(connection, word.offerId, 'accepted');
      case 'reject':
        return desk.answer(connection, word.offerId, 'rejected');
      case 'claim':
        return pages.claim(connection, word.pageId);
      case 'ping':
        return connection.send({ type: 'pong' });
    }
  }

  function offersChanged(): void {
    desk.refresh().catch(failed);
  }

  const channel = createChannel({
    ...options,
    presence,
    opened: (connection) => attend(connection, greet(connection)),
    heard: (connection, word) => attend(connection, obey(connection, word)),
  });

  async function surroundings({ target, event }: PageOrder): Promise<Surroundings> {
    const queue = event && options.queueOf(event.account.id);
    const offered = queue && event && target === 'event' && !event.agent;
    const rejectedBy = offered ? await desk.rejectedBy(event.interaction.id) : undefined;
    return {
      desktopId: id,
      agents: usernames,
      connected: new Set(presence.usernames()),
      ...(queue ? { queue } : {}),
      ...(rejectedBy ? { rejectedBy } : {}),
    };
  }

  return {
    id,
    path,
    fullPath,
    agents,
    connected: () => presence.usernames(),
    show: async (order) => pages.deliver(order, aimAt(order, await surroundings(order))),
    offersChanged,
    withdrawn: (pageIds) => pages.withdrawn(pageIds),
    serve: createSite({
      ...options,
      login: createLogin(options),
      loggedOut(sessionKey) {
        for (const connection of presence.all()) {
          if (connection.sessionKey === sessionKey) connection.close(closeCodes.sessionOver);
        }
      },
    }),
    upgrade(message, socket, head, secure) {
      channel.upgrade(message, socket, head, secure).catch((error: unknown) => {
        socket.destroy();
        failed(error);
      });
    },
    async close() {
      closed = true;
      pages.close();
      await channel.close();
    },
  };
}
