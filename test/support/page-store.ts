import { DatabaseSync } from 'node:sqlite';
import type { PageStore } from '../../src/desktop/server/page-delivery.ts';
import { outcome } from '../../src/store/embedded/outcome.ts';
import { expirePages } from '../../src/store/embedded/page-endings.ts';
import {
  addPage,
  claimPages,
  pagesMissed,
  pagesShown,
  pagesWaiting,
} from '../../src/store/embedded/pages.ts';
import { migrations } from '../../src/store/embedded/schema.ts';
import { sqlOf } from '../../src/store/embedded/sql.ts';
import type { EndedPage } from '../../src/store/contract.ts';

export interface MemoryPages extends PageStore {
  /** What a sweep does with pages. */
  expire(now: number): readonly EndedPage[];
  close(): void;
}

/** The store's own pages in memory, without a file and its flushes. */
export function memoryPages(): MemoryPages {
  const database = new DatabaseSync(':memory:');
  for (const step of migrations) database.exec(step);
  const sql = sqlOf(database);
  return {
    addPage: async (request) => addPage(sql, request),
    pagesWaiting: async (desktop, agent, now) => pagesWaiting(sql, desktop, agent, now),
    pagesMissed: async (desktop, agent, limit) => pagesMissed(sql, desktop, agent, limit),
    pagesShown: async (desktop, agent, limit) => pagesShown(sql, desktop, agent, limit),
    claimPages: async (claims, now) => claimPages(sql, claims, now),
    expire(now) {
      const out = outcome(false);
      for (const _ of expirePages(sql, out, now, 500));
      return out.pagesExpired;
    },
    close: () => database.close(),
  };
}
