import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { asTriggerError } from '../../src/errors.ts';
import type { Landing } from '../../src/inbox/in-flight.ts';
import type { Crossing } from '../../src/inbox/bounds.ts';
import type { News } from '../../src/receiver/news.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';
import { pacedStatus } from '../shared/paced-status.ts';

/** What a whatsapp-in node shows: what its account's webhook hears, and what the flow holds. */
export interface AccountStatus {
  took(): void;
  landed(landing: Landing): void;
  stop(): void;
}

/** Shown until an event comes in; what is full is part of the counts. */
type Passing = Exclude<News, { kind: 'received' | 'level' | 'health' | 'notice' }>;

type Filling = Pick<Crossing, 'of' | 'level'>;

interface Counts {
  received: number;
  inFlight: number;
  letGo: number;
  /** What is nearly full or full. */
  readonly levels: Map<string, Filling>;
}

/**
 * Counts while all is well, red while the account cannot send, yellow for what an operator should look
 * at: bad requests, events that wait because the flow is behind, and events that a node kept until they
 * counted as finished.
 */
export function showAccount(RED: NodeAPI, node: Node, accountId: string): AccountStatus {
  const { accountNews, ailments } = houseOf(RED);
  const show = pacedStatus(node);
  const counts: Counts = { received: 0, inFlight: 0, letGo: 0, levels: new Map() };
  /** Shown until an event comes in again. */
  let last: Passing | undefined;

  const refresh = (): void =>
    show(() => {
      const ill = accountsOf(RED, accountId).find(({ id }) => ailments.has(id));
      if (ill) return illStatus(RED, ill, ailments.get(ill.id) ?? '');
      return last ? newsStatus(RED, last) : countsStatus(RED, counts, isBehind(RED, accountId));
    });
  const listen = (accountIds: readonly string[], news: News): void => {
    if (accountId !== '' && !accountIds.includes(accountId)) return;
    if (news.kind === 'failed') node.error(news.error);
    if (news.kind === 'level') {
      counts.levels.set(`${news.of} ${accountIds.join(' ')}`, news);
      return refresh();
    }
    if (news.kind === 'health') return refresh();
    if (news.kind === 'notice' || !isWorthShowing(news)) return;
    if (news.kind === 'received') counts.received += news.events;
    last = news.kind === 'received' ? undefined : news;
    refresh();
  };

  accountNews.on('news', listen);
  node.status({ fill: 'grey', shape: 'ring', text: RED._('whatsapp-in.status.waiting') });
  let stopped = false;
  const askStore = async ({ id, inbox }: LiveAccount): Promise<void> => {
    try {
      const { filling } = await inbox.store.measure();
      for (const { of, account = id, level } of filling) {
        if (account === id) listen([id], { kind: 'level', of, level });
      }
    } catch (error) {
      last = { kind: 'failed', error: asTriggerError(error, 'E_STORE') };
      if (!stopped) refresh();
    }
  };
  accountsOf(RED, accountId).forEach((account) => void askStore(account));
  return {
    took() {
      counts.inFlight += 1;
      refresh();
    },
    landed(landing) {
      counts.inFlight -= 1;
      if (landing === 'let go') counts.letGo += 1;
      refresh();
    },
    stop: () => {
      stopped = true;
      accountNews.off('news', listen);
    },
  };
}

function isBehind(RED: NodeAPI, accountId: string): boolean {
  return accountsOf(RED, accountId).some(({ inbox }) => inbox.behind);
}

function accountsOf(RED: NodeAPI, accountId: string): LiveAccount[] {
  const all = [...houseOf(RED).accounts.values()];
  return accountId === '' ? all : all.filter(({ id }) => id === accountId);
}

/** Of the refusals only those that a wrong set-up causes: strangers knock at every door. */
function isWorthShowing(news: News): boolean {
  if (news.kind !== 'refused') return true;
  return ['signature', 'token', 'body read'].includes(news.reason);
}

/** The log has the whole reason; a status is short. */
function illStatus(RED: NodeAPI, { policy }: LiveAccount, problem: string): NodeStatus {
  const reason = problem.length > 60 ? `${problem.slice(0, 59)}…` : problem;
  const values = { account: policy.account.name, reason };
  return { fill: 'red', shape: 'dot', text: RED._('whatsapp-in.status.cannotSend', values) };
}

function countsStatus(RED: NodeAPI, counts: Counts, behind: boolean): NodeStatus {
  const { received, inFlight, letGo, levels } = counts;
  const filling = [...levels.values()].filter(({ level }) => level !== 'normal');
  const text = (key: string, count: number): string =>
    RED._(`whatsapp-in.status.${key}`, { count });
  const parts = [
    text('received', received),
    ...(inFlight > 0 ? [text('inFlight', inFlight)] : []),
    ...(behind ? [RED._('whatsapp-in.status.behind')] : []),
    ...(letGo > 0 ? [text('letGo', letGo)] : []),
    ...new Set(filling.map((one) => fillingText(RED, one))),
  ];
  const fill = behind || letGo > 0 || filling.length > 0 ? 'yellow' : 'green';
  return { fill, shape: 'dot', text: parts.join(' · ') };
}

function fillingText(RED: NodeAPI, { of, level }: Filling): string {
  return RED._(`whatsapp-in.status.${level === 'full' ? 'full' : 'nearlyFull'}.${of}`);
}

function newsStatus(RED: NodeAPI, news: Passing): NodeStatus {
  const dot = (
    fill: 'green' | 'yellow' | 'red',
    key: string,
    values: Record<string, string | number> = {},
  ): NodeStatus => ({ fill, shape: 'dot', text: RED._(`whatsapp-in.status.${key}`, values) });
  switch (news.kind) {
    case 'handshake':
      return dot('green', 'handshake');
    case 'unknown number':
      return dot('yellow', 'unknownNumber', { number: news.number });
    case 'quarantined':
      return dot('yellow', 'quarantined');
    case 'failed':
      return dot('red', 'failed', { code: news.error.code });
    case 'refused':
      return dot('yellow', `refused.${news.reason.replace(' ', '')}`);
  }
}
