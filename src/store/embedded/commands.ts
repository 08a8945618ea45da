import type { TriggerStore } from '../contract.ts';
import { finish, quarantine, quarantined, take } from './inbox-commands.ts';
import { ingest } from './ingest.ts';
import { answerOffer, offers, offerShown } from './offers.ts';
import { addPages, claimPage, pagesMissed, pagesWaiting } from './pages.ts';
import type { Sql } from './sql.ts';
import { setPolicy, sweep } from './sweep.ts';

export type CommandName = Exclude<keyof TriggerStore, 'close'>;

/** Every method of the contract but `close`, as a function within a transaction. */
export type Commands = {
  readonly [Name in CommandName]: (
    ...args: Parameters<TriggerStore[Name]>
  ) => Awaited<ReturnType<TriggerStore[Name]>>;
};

export function commandsOf(sql: Sql, options: { readonly retentionDays: number }): Commands {
  return {
    ingest: (request, handOut) => ingest(sql, request, handOut),
    quarantine: (entry) => quarantine(sql, entry),
    quarantined: (limit) => quarantined(sql, limit),
    take: (after, limit) => take(sql, after, limit),
    finish: (seqs) => finish(sql, seqs),
    setPolicy: (policy) => setPolicy(sql, policy),
    sweep: (now, handOut) => sweep(sql, now, options.retentionDays, handOut),
    offers: (queueIds) => offers(sql, queueIds),
    offerShown: (id, expiresAt) => offerShown(sql, id, expiresAt),
    answerOffer: (answer, handOut) => answerOffer(sql, answer, handOut),
    addPages: (request) => addPages(sql, request),
    pagesWaiting: (desktop, agent, now) => pagesWaiting(sql, desktop, agent, now),
    pagesMissed: (desktop, agent, limit) => pagesMissed(sql, desktop, agent, limit),
    claimPage: (id, now) => claimPage(sql, id, now),
  };
}
