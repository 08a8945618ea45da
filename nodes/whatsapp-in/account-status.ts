import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { asTriggerError, type TriggerError } from '../../src/errors.ts';
import type { Landing } from '../../src/inbox/in-flight.ts';
import type { Crossing } from '../../src/inbox/bounds.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';
import { pacedStatus } from '../shared/paced-status.ts';
import { followAccounts, standingOf } from '../shared/standings.ts';
import { idleStatus, worstOf } from './account-words.ts';

/** What a whatsapp-in node shows: how its account stands, and what the flow holds. */
export interface AccountStatus {
  took(): void;
  landed(landing: Landing): void;
  stop(): void;
}

type Filling = Pick<Crossing, 'of' | 'level'>;

interface Counts {
  received: number;
  inFlight: number;
  letGo: number;
  /** What is nearly full or full. */
  readonly levels: Map<string, Filling>;
}

/**
 * Counts while all is well, red while the account cannot send or its store fails, yellow for what an
 * operator should look at: bad requests, an account that has been quiet too long, events that wait
 * because the flow is behind, and events that a node kept until they counted as finished.
 */
export function showAccount(RED: NodeAPI, node: Node, accountId: string): AccountStatus {
  const show = pacedStatus(node);
  const counts: Counts = { received: 0, inFlight: 0, letGo: 0, levels: new Map() };
  /** The store failed when it was asked; shown until an event comes in. */
  let storeError: TriggerError | undefined;
  let stopped = false;

  const status = (): NodeStatus => {
    const accounts = accountsOf(RED, accountId);
    const wrong = worstOf(RED, accounts, Date.now());
    if (wrong) return wrong;
    if (storeError) return storeStatus(RED, storeError);
    if (isIdle(counts)) {
      const standings = accounts.flatMap(({ id }) => standingOf(RED, id) ?? []);
      return idleStatus(RED, standings);
    }
    const behind = accounts.some(({ inbox }) => inbox.behind);
    return countsStatus(RED, counts, behind);
  };
  const refresh = (): void => {
    if (!stopped) show(status);
  };
  const fill = (accountIds: readonly string[], filling: Filling): void => {
    counts.levels.set(`${filling.of} ${accountIds.join(' ')}`, filling);
    refresh();
  };
  const unfollow = followAccounts(RED, (accountIds, news) => {
    if (accountId !== '' && !accountIds.includes(accountId)) return;
    if (news?.kind === 'notice') return;
    if (news?.kind === 'level') return fill(accountIds, news);
    if (news?.kind === 'failed') node.error(news.error);
    if (news?.kind === 'received') {
      counts.received += news.events;
      storeError = undefined;
    }
    refresh();
  });
  const askStore = async ({ id, inbox }: LiveAccount): Promise<void> => {
    try {
      const { filling } = await inbox.store.measure();
      for (const one of filling) if ((one.account ?? id) === id) fill([id], one);
    } catch (error) {
      storeError = asTriggerError(error, 'E_STORE');
      refresh();
    }
  };

  node.status(status());
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
    stop() {
      stopped = true;
      unfollow();
    },
  };
}

function accountsOf(RED: NodeAPI, accountId: string): LiveAccount[] {
  const all = [...houseOf(RED).accounts.values()];
  return accountId === '' ? all : all.filter(({ id }) => id === accountId);
}

function isIdle({ received, inFlight, letGo, levels }: Counts): boolean {
  return received + inFlight + letGo === 0 && fillings(levels).length === 0;
}

function fillings(levels: Counts['levels']): Filling[] {
  return [...levels.values()].filter(({ level }) => level !== 'normal');
}

function countsStatus(RED: NodeAPI, counts: Counts, behind: boolean): NodeStatus {
  const { received, inFlight, letGo, levels } = counts;
  const filling = fillings(levels);
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

function storeStatus(RED: NodeAPI, { code }: TriggerError): NodeStatus {
  return { fill: 'red', shape: 'dot', text: RED._('whatsapp-in.status.failed', { code }) };
}
