import type { Node, NodeAPI } from 'node-red';
import type { News } from '../../src/receiver/news.ts';
import { heard, quietAt, type Standing, withoutTrouble } from '../../src/receiver/standing.ts';
import type { TriggerStore } from '../../src/store/contract.ts';
import { houseOf } from './house.ts';

/** Told what was heard of accounts, or, without news, that one of them stands otherwise by the mere time. */
export type Follower = (accountIds: readonly string[], news?: News) => void;

interface Standings {
  readonly byAccount: Map<string, Standing>;
  readonly followers: Set<Follower>;
}

/** An account to be watched. */
export interface Watched {
  readonly name: string;
  readonly quietAfter: number;
  readonly store: TriggerStore;
}

const known = new WeakMap<object, Standings>();

/** A timer counts no further than this. */
const longestTimer = 2 ** 31 - 1;

/** How an account stands; undefined = it is not deployed. What it has heard lasts over a deploy. */
export function standingOf(RED: NodeAPI, accountId: string): Standing | undefined {
  return standingsOf(RED).byAccount.get(accountId);
}

/** Tells what happens to accounts, after their standing has changed; the answer ends it. */
export function followAccounts(RED: NodeAPI, follower: Follower): () => void {
  const { followers } = standingsOf(RED);
  followers.add(follower);
  return () => followers.delete(follower);
}

/** Keeps the standing of an account for as long as its node lives, and says once that it is quiet. */
export function watchAccount(RED: NodeAPI, node: Node, { name, quietAfter, store }: Watched): void {
  const { byAccount, followers } = standingsOf(RED);
  const before = byAccount.get(node.id) ?? { since: Date.now(), quietAfter };
  byAccount.set(node.id, { ...withoutTrouble(before), quietAfter });
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;
  let isOver = false;
  const tell = (): void => followers.forEach((follower) => follower([node.id]));

  /** Looks when it may have become quiet: an event in between only puts that off. */
  function look(): void {
    const standing = byAccount.get(node.id);
    const at = standing && quietAt(standing);
    if (isOver || at === undefined) return;
    const left = at - Date.now();
    isTold = left <= 0;
    if (!isTold) {
      timer = setTimeout(look, Math.min(left, longestTimer));
      return;
    }
    node.warn(`Account "${name}" has heard nothing from its provider for ${quietAfter} h.`);
    tell();
  }
  async function recall(): Promise<void> {
    const heardAt = await store.heardAt(node.id);
    const standing = byAccount.get(node.id);
    if (isOver || !standing || heardAt === undefined) return;
    byAccount.set(node.id, { ...standing, heardAt: Math.max(heardAt, standing.heardAt ?? 0) });
    tell();
  }

  // A store that fails says so itself.
  void recall()
    .catch(() => undefined)
    .then(look);
  const forget = followAccounts(RED, (ids, news) => {
    if (!isTold || !ids.includes(node.id)) return;
    if (news?.kind === 'received' || news?.kind === 'handshake') look();
  });
  node.on('close', (removed: boolean, done: () => void) => {
    isOver = true;
    clearTimeout(timer);
    forget();
    if (removed) byAccount.delete(node.id);
    done();
  });
}

function standingsOf(RED: NodeAPI): Standings {
  const found = known.get(RED.events);
  if (found) return found;
  const standings: Standings = { byAccount: new Map(), followers: new Set() };
  known.set(RED.events, standings);
  const { byAccount, followers } = standings;
  houseOf(RED).accountNews.on('news', (accountIds, news) => {
    for (const id of accountIds) {
      const standing = byAccount.get(id);
      if (standing) byAccount.set(id, heard(standing, news, Date.now()));
    }
    followers.forEach((follower) => follower(accountIds, news));
  });
  return standings;
}
