import type { NodeAPI } from 'node-red';
import { gathered, type News } from '../../src/receiver/news.ts';
import type { StoreNotice } from '../../src/store/contract.ts';
import { countNews } from './count.ts';
import { houseOf } from './house.ts';
import { recordRequest } from './log/record-events.ts';

/** Counts and logs what happened to accounts, by their nodes' ids, and tells their whatsapp-in nodes. */
export function tellNews(RED: NodeAPI, accounts: readonly string[], news: News): void {
  const { accountNews, log, meters } = houseOf(RED);
  countNews(meters, news);
  recordRequest(RED, accounts, news);
  log.add({
    kind: 'webhook',
    at: new Date().toISOString(),
    accounts,
    news: news.kind === 'failed' ? { kind: 'failed', code: news.error.code } : news,
  });
  accountNews.emit('news', accounts, news);
}

/** What only the store could see, such as ids that belong to two contacts. */
export function tellStoreNotices(RED: NodeAPI, notices: readonly StoreNotice[] = []): void {
  for (const news of gathered(notices)) tellNews(RED, [news.account], news);
}
