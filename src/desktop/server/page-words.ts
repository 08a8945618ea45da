import type { Page, TriggerStore } from '../../store/contract.ts';
import type { PageView } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { FrameCheck } from './frames.ts';
import type { Grants } from './grants.ts';
import { nameOfPage } from './page-facts.ts';
import { dashboardUrl, subjectOf } from './page-order.ts';
import type { Presence } from './presence.ts';
import { tellOf } from './told.ts';

export interface PageWordsOptions {
  readonly desktopId: string;
  readonly store: Pick<TriggerStore, 'pagesWaiting' | 'pagesMissed' | 'pagesShown'>;
  readonly presence: Presence;
  readonly frames: FrameCheck;
  readonly grants: Grants;
  readonly now: () => number;
}

/** What the windows of agents are told of pages. */
export interface PageWords {
  /** A page waits for whoever wants to show it. */
  announce(page: Page): void;
  /** Tells a new connection what its agent was shown, what they missed, and what still waits. */
  welcome(connection: Connection): Promise<void>;
  /** Tells an agent anew what they missed. */
  missed(username: string): Promise<void>;
}

const mostMissed = 50;
const mostRecent = 20;

export function createPageWords(options: PageWordsOptions): PageWords {
  const { desktopId, store, presence, frames, grants, now } = options;

  function viewFor({ origin }: Connection, page: Page): PageView {
    const { id, key, repeat, content, createdAt } = page;
    const url = dashboardUrl(content);
    const unframed = url === undefined ? undefined : frames.refusal(url, origin);
    const view = { id, key, subject: subjectOf(key), repeat, content, createdAt };
    return unframed ? { ...view, unframed } : view;
  }

  function tell(connection: Connection, page: Page): void {
    if (connection.told.has(page.id)) return;
    tellOf(connection.told, nameOfPage(page), 'claimable');
    connection.send({ type: 'page', page: viewFor(connection, page) });
  }

  function list(connection: Connection, type: 'recent' | 'missed', pages: readonly Page[]): void {
    for (const page of pages) {
      const told = connection.told.get(page.id);
      if (!told || told.state === 'claimable') {
        tellOf(connection.told, nameOfPage(page), 'listed');
      }
    }
    connection.send({ type, pages: pages.map((page) => viewFor(connection, page)) });
  }

  /** What was granted to a window that is gone may never have been seen: it counts as missed. */
  async function lists(username: string) {
    const [missed, shown] = await Promise.all([
      store.pagesMissed(desktopId, username, mostMissed),
      store.pagesShown(desktopId, username, mostRecent),
    ]);
    const lost = shown.filter(({ id }) => grants.isLost(id));
    return {
      recent: shown.filter((page) => !lost.includes(page)),
      missed: [...lost, ...missed].toSorted((one, other) => other.createdAt - one.createdAt),
    };
  }

  return {
    announce(page) {
      for (const connection of presence.of(page.agent)) tell(connection, page);
    },
    async welcome(connection) {
      const { username } = connection.agent;
      const [{ recent, missed }, waiting] = await Promise.all([
        lists(username),
        store.pagesWaiting(desktopId, username, now()),
      ]);
      list(connection, 'recent', recent);
      list(connection, 'missed', missed);
      for (const page of waiting) tell(connection, page);
    },
    async missed(username) {
      if (!presence.isPresent(username)) return;
      const { missed } = await lists(username);
      for (const connection of presence.of(username)) list(connection, 'missed', missed);
    },
  };
}
