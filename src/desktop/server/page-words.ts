import type { Page, TriggerStore } from '../../store/contract.ts';
import type { PageView, ServerWord } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { FrameCheck } from './frames.ts';
import type { Grants } from './grants.ts';
import { nameOfPage } from './page-facts.ts';
import { dashboardUrl, placeOf, subjectOf } from './page-order.ts';
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
  /** A page waits for whoever of these agents wants to show it. */
  announce(page: Page, agents: readonly string[]): void;
  /**
   * Tells a new connection what still waits, what its agent missed, and at last what they were shown: by then
   * a page that it knows of and that was not named is stale.
   */
  welcome(connection: Connection): Promise<void>;
  /** Tells an agent anew what they missed. */
  missed(username: string): Promise<void>;
}

const mostMissed = 50;
const mostRecent = 20;

export function createPageWords(options: PageWordsOptions): PageWords {
  const { desktopId, store, presence, frames, grants, now } = options;

  function unframedFor({ origin }: Connection, { content }: Page): PageView['unframed'] {
    const url = dashboardUrl(content);
    return url === undefined ? undefined : frames.refusal(url, origin);
  }

  /** Its frames differ only by what a browser may frame: each is made once, however many are told. */
  function teller(page: Page): (connection: Connection) => void {
    const name = nameOfPage(page);
    const made = new Map<PageView['unframed'], Buffer>();
    return (connection) => {
      if (connection.told.has(page.id)) return;
      tellOf(connection.told, name, 'claimable');
      const unframed = unframedFor(connection, page);
      const frame = made.get(unframed) ?? frameOf(page, unframed);
      made.set(unframed, frame);
      connection.sendFrame(frame);
    };
  }

  function list(connection: Connection, type: 'recent' | 'missed', pages: readonly Page[]): void {
    for (const page of pages) {
      const told = connection.told.get(page.id);
      if (!told || told.state === 'claimable') {
        tellOf(connection.told, nameOfPage(page), 'listed');
      }
    }
    const views = pages.map((page) => viewOf(page, unframedFor(connection, page)));
    connection.send({ type, pages: views });
  }

  /** What was granted to a window that is gone may never have been seen: it counts as missed. */
  async function lists(username: string) {
    const [missed, shown] = await Promise.all([
      store.pagesMissed(desktopId, username, mostMissed),
      store.pagesShown(desktopId, username, mostRecent),
    ]);
    const lost = shown.filter(({ id }) => grants.isLost(id, username));
    return {
      recent: shown.filter((page) => !lost.includes(page)),
      missed: [...lost, ...missed].toSorted((one, other) => other.createdAt - one.createdAt),
    };
  }

  return {
    announce(page, agents) {
      const tell = teller(page);
      for (const agent of agents) presence.of(agent).forEach(tell);
    },
    async welcome(connection) {
      const { username } = connection.agent;
      const [{ recent, missed }, waiting] = await Promise.all([
        lists(username),
        store.pagesWaiting(desktopId, username, now()),
      ]);
      for (const page of waiting) teller(page)(connection);
      list(connection, 'missed', missed);
      list(connection, 'recent', recent);
    },
    async missed(username) {
      if (!presence.isPresent(username)) return;
      const { missed } = await lists(username);
      for (const connection of presence.of(username)) list(connection, 'missed', missed);
    },
  };
}

function viewOf(page: Page, unframed: PageView['unframed']): PageView {
  const { id, repeat, content, createdAt } = page;
  const key = repeat === 'replace' ? placeOf(page.key) : page.key;
  const view = { id, key, subject: subjectOf(key), repeat, content, createdAt };
  return unframed ? { ...view, unframed } : view;
}

function frameOf(page: Page, unframed: PageView['unframed']): Buffer {
  const word: ServerWord = { type: 'page', page: viewOf(page, unframed) };
  return Buffer.from(JSON.stringify(word));
}
