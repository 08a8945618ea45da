import type { Node, NodeAPI } from 'node-red';
import type { News } from '../../src/receiver/receiver.ts';
import { houseOf } from '../shared/house.ts';
import { createThrottle } from '../shared/throttle.ts';

type Status = { readonly fill: 'green' | 'yellow' | 'red' | 'grey'; readonly text: string };

/**
 * Shows on a whatsapp-in node what its account's webhook hears: counts while all is well, yellow for
 * what an operator should look at. Answers a function that stops it.
 */
export function showAccountNews(RED: NodeAPI, node: Node, accountId: string): () => void {
  const { accountNews } = houseOf(RED);
  const word = (key: string, values: Record<string, string | number> = {}): string =>
    RED._(`whatsapp-in.status.${key}`, values);
  let received = 0;
  const throttle = createThrottle((status: Status) =>
    node.status({ fill: status.fill, shape: 'dot', text: status.text }),
  );

  const statusOf = (news: News): Status | undefined => {
    switch (news.kind) {
      case 'received':
        received += news.events;
        return { fill: 'green', text: word('received', { count: received }) };
      case 'handshake':
        return { fill: 'green', text: word('handshake') };
      case 'unknown number':
        return { fill: 'yellow', text: word('unknownNumber', { number: news.number }) };
      case 'quarantined':
        return { fill: 'yellow', text: word('quarantined') };
      case 'failed':
        return { fill: 'red', text: word('failed', { code: news.error.code }) };
      case 'refused':
        return news.reason === 'signature' || news.reason === 'token' || news.reason === 'body read'
          ? { fill: 'yellow', text: word(`refused.${news.reason.replace(' ', '')}`) }
          : undefined;
    }
  };
  const listen = (accountIds: readonly string[], news: News): void => {
    if (accountId !== '' && !accountIds.includes(accountId)) return;
    const status = statusOf(news);
    if (status) throttle.show(status);
    if (news.kind === 'failed') node.error(news.error);
  };

  accountNews.on('news', listen);
  node.status({ fill: 'grey', shape: 'ring', text: word('waiting') });
  return () => {
    accountNews.off('news', listen);
    throttle.stop();
  };
}
