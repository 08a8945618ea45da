import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { News } from '../../src/receiver/receiver.ts';
import { houseOf } from '../shared/house.ts';
import { pacedStatus } from '../shared/paced-status.ts';

/**
 * Shows on a whatsapp-in node what its account's webhook hears: counts while all is well, yellow for
 * what an operator should look at. Answers a function that stops it.
 */
export function showAccountNews(RED: NodeAPI, node: Node, accountId: string): () => void {
  const { accountNews } = houseOf(RED);
  const show = pacedStatus(node);
  let received = 0;

  const listen = (accountIds: readonly string[], news: News): void => {
    if (accountId !== '' && !accountIds.includes(accountId)) return;
    if (news.kind === 'received') received += news.events;
    if (news.kind === 'failed') node.error(news.error);
    if (isWorthShowing(news)) show(() => statusOf(RED, news, received));
  };

  accountNews.on('news', listen);
  node.status({ fill: 'grey', shape: 'ring', text: RED._('whatsapp-in.status.waiting') });
  return () => accountNews.off('news', listen);
}

/** Of the refusals only those that a wrong set-up causes: strangers knock at every door. */
function isWorthShowing(news: News): boolean {
  if (news.kind !== 'refused') return true;
  return ['signature', 'token', 'body read'].includes(news.reason);
}

function statusOf(RED: NodeAPI, news: News, received: number): NodeStatus {
  const dot = (
    fill: 'green' | 'yellow' | 'red',
    key: string,
    values: Record<string, string | number> = {},
  ): NodeStatus => ({ fill, shape: 'dot', text: RED._(`whatsapp-in.status.${key}`, values) });
  switch (news.kind) {
    case 'received':
      return dot('green', 'received', { count: received });
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
