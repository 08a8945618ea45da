import type { Duplex } from 'node:stream';
import type { EndedPage } from '../../store/contract.ts';
import type { ConversationChange } from '../../store/conversations.ts';
import type { PageWord } from '../protocol.ts';
import { type Access, keepSessions } from './access.ts';
import { type AgentWorkOptions, createAgentWork } from './agent-work.ts';
import { createChannel } from './channel.ts';
import { closeCodes, type Connection } from './connection.ts';
import type { DesktopAgent, DesktopQueue, PageOrder, Receipt } from './desktop.ts';
import { createDoor } from './door.ts';
import { createLogin } from './login.ts';
import { createPageDelivery, type PageStore } from './page-delivery.ts';
import type { PageFact } from './page-facts.ts';
import type { Visit } from './reach.ts';
import { createSignOn } from './sign-on.ts';
import { createSite, type Site } from './site.ts';
import { aimAt, type Surroundings } from './target.ts';

export interface DesktopOptions extends Access, AgentWorkOptions {
  readonly id: string;
  readonly name: string;
  /** Below `httpNodeRoot`, without slashes at its ends. */
  readonly path: string;
  /** The whole path with `httpNodeRoot`, without a slash at its end. */
  readonly fullPath: string;
  /** Of the page; auto = what the agent's browser prefers. */
  readonly language: 'auto' | 'en' | 'it';
  readonly pageFolder: string;
  readonly store: PageStore;
  /** Told when a page that was kept ends, so that the store's sweep comes in time. */
  readonly expect: (at: number) => void;
  /** Told what becomes of every page, long after its node went on. */
  readonly pageFact: (fact: PageFact) => void;
  /** The queue of an account, on whatever desktop it is. */
  readonly queueOf: (accountId: string) => DesktopQueue | undefined;
}

/** An agent desktop at work. */
export interface Desktop {
  readonly id: string;
  readonly path: string;
  readonly fullPath: string;
  readonly agents: readonly DesktopAgent[];
  /** How many proxies may say whom they speak for. */
  readonly trustedProxies: number;
  connected(): readonly string[];
  show(order: PageOrder): Promise<Receipt>;
  offersChanged(): void;
  /** After every deploy, when all queues are there. */
  queuesDeployed(): void;
  /** What happened in interactions of its queues, and of those that were. */
  interactionsChanged(changes: readonly ConversationChange[]): void;
  /** Pages that waited for an agent wait no longer. */
  withdrawn(pages: readonly EndedPage[]): void;
  /** Nobody was shown these pages in time. */
  expired(pages: readonly EndedPage[]): void;
  readonly serve: Site;
  upgrade(visit: Visit, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export function openDesktop(options: DesktopOptions): Desktop {
  const { id, name, path, fullPath, agents, trustedProxies, now } = options;
  const usernames = agents.map(({ username }) => username);
  const names = new Map(agents.map((agent) => [agent.username, agent.name]));
  let closed = false;
  const work = createAgentWork({ ...options, failed });
  const { presence } = work;
  const pages = createPageDelivery({ ...options, desktopId: id, presence, pageFact });
  const door = createDoor(options);
  keepSessions(options, agents);

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
    const introduction = work.introduction(connection);
    connection.send({ type: 'welcome', ...introduction, desktop: name, now: now() });
    await work.greet(connection);
    await pages.welcome(connection);
  }

  async function obey(connection: Connection, word: PageWord): Promise<void> {
    if (word.type === 'ping') return connection.send({ type: 'pong' });
    if (word.type === 'claim') return pages.claim(connection, word.pageId, word.window);
    if (word.type === 'receipt') return pages.receipt(connection, word.pageId, word.what);
    return work.obey(connection, word);
  }

  function pageFact(fact: PageFact): void {
    const { pageId, agent, title, kind, outcome, at } = fact;
    const shown = { at, agent: names.get(agent) ?? agent, title, kind, outcome };
    work.shown.note(`${pageId} ${agent}`, shown);
    options.pageFact(fact);
  }

  const channel = createChannel({
    ...options,
    door,
    presence,
    opened: (connection) => attend(connection, greet(connection)),
    heard: (connection, word) => attend(connection, obey(connection, word)),
  });

  async function surroundings({ target, event }: PageOrder): Promise<Surroundings> {
    const queue = event && options.queueOf(event.account.id);
    const offered = queue && event && target === 'event' && !event.agent;
    const standing = offered ? await work.standingFor(event.interaction.id) : undefined;
    const connected = presence.usernames();
    return {
      desktopId: id,
      agents: usernames,
      connected: new Set(connected),
      ready: new Set(connected.filter((username) => work.isReady(username))),
      ...(queue ? { queue } : {}),
      ...(standing ? { standing } : {}),
    };
  }

  return {
    id,
    path,
    fullPath,
    agents,
    trustedProxies,
    connected: () => presence.usernames(),
    show: async (order) => pages.deliver(order, aimAt(order, await surroundings(order))),
    offersChanged: () => work.offersChanged(),
    queuesDeployed: () => work.queuesDeployed(),
    interactionsChanged: (changes) => work.interactionsChanged(changes),
    withdrawn: (ended) => pages.withdrawn(ended),
    expired: (ended) => void pages.expired(ended).catch(failed),
    serve: createSite({
      ...options,
      door,
      login: createLogin(options),
      admit: createSignOn(options),
      mediaDesk: work.mediaDesk,
    }),
    upgrade(visit, socket, head) {
      channel.upgrade(visit, socket, head).catch((error: unknown) => {
        socket.destroy();
        failed(error);
      });
    },
    async close() {
      closed = true;
      work.close();
      pages.close();
      await channel.close();
    },
  };
}
