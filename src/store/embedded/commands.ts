import type { StoreMeasures, TriggerStore } from '../contract.ts';
import { closeInteraction, setVariables } from './closing.ts';
import { earlierConversation, earlierInteractions, saidIn } from './earlier.ts';
import {
  cancelForwards,
  changeForward,
  countForwards,
  forward,
  forwards,
  forwardsPending,
  keepForward,
  removeForwards,
  resendForwards,
} from './forwards.ts';
import { finish, quarantine, quarantined, take } from './inbox-commands.ts';
import { ingest, tellSent } from './ingest.ts';
import { heardAt, measure } from './measure.ts';
import { conversation, markRead } from './messages.ts';
import { answerOffer, offers, offerShown, offerTo } from './offers.ts';
import { interactionsOf, openInteraction } from './open-interactions.ts';
import { addPage, claimPages, pagesMissed, pagesShown, pagesWaiting } from './pages.ts';
import { beginSend, contactWindow, endSend, sendsUnder } from './sends.ts';
import type { Sql } from './sql.ts';
import { setPolicy, sweep } from './sweep.ts';
import { releaseInteractions, transferInteraction } from './transfer.ts';
import { turns } from './turns.ts';

export type CommandName = Exclude<keyof TriggerStore, 'close'>;

/** What a command alone answers; the rest only the whole store knows. */
type Answers = {
  readonly [Name in CommandName]: Name extends 'measure'
    ? Omit<StoreMeasures, 'filling'>
    : Awaited<ReturnType<TriggerStore[Name]>>;
};

/** Every method of the contract but `close`, as a function within a transaction, or one in steps. */
export type Commands = {
  readonly [Name in CommandName]: (
    ...args: Parameters<TriggerStore[Name]>
  ) => Answers[Name] | Generator<void, Answers[Name]>;
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
    offerTo: (id, turn) => offerTo(sql, id, turn),
    turns: (queueIds) => turns(sql, queueIds),
    answerOffer: (answer, handOut) => answerOffer(sql, answer, handOut),
    addPage: (request) => addPage(sql, request),
    pagesWaiting: (desktop, agent, now) => pagesWaiting(sql, desktop, agent, now),
    pagesMissed: (desktop, agent, limit) => pagesMissed(sql, desktop, agent, limit),
    pagesShown: (desktop, agent, limit) => pagesShown(sql, desktop, agent, limit),
    claimPages: (claims, now) => claimPages(sql, claims, now),
    keepForward: (kept) => keepForward(sql, kept),
    forward: (id) => forward(sql, id),
    forwardsPending: (node, after, limit) => forwardsPending(sql, node, after, limit),
    changeForward: (id, change) => changeForward(sql, id, change),
    resendForwards: (choice, now) => resendForwards(sql, choice, now),
    removeForwards: (choice) => removeForwards(sql, choice),
    cancelForwards: (node, reason) => cancelForwards(sql, node, reason),
    forwards: (node, limit) => forwards(sql, node, limit),
    countForwards: (node) => countForwards(sql, node),
    beginSend: (send) => beginSend(sql, send),
    endSend: (end, now, handOut) => endSend(sql, end, handOut, tellSent(sql, now)),
    sendsUnder: (prefix) => sendsUnder(sql, prefix),
    contactWindow: (account, to) => contactWindow(sql, account, to),
    closeInteraction: (closing, now, handOut) => closeInteraction(sql, closing, now, handOut),
    assignInteraction: ({ interactionId, agent }, now, handOut) =>
      transferInteraction(sql, { interactionId, to: { agent } }, now, handOut),
    transferInteraction: (transfer, now, handOut) =>
      transferInteraction(sql, transfer, now, handOut),
    releaseInteractions: (release, now, handOut) => releaseInteractions(sql, release, now, handOut),
    setVariables: (id, variables) => setVariables(sql, id, variables),
    conversation: (id, before, limit) => conversation(sql, id, before, limit),
    interactionsOf: (queueIds, agent) => interactionsOf(sql, queueIds, agent),
    openInteraction: (id) => openInteraction(sql, id),
    earlierInteractions: (id, limit) => earlierInteractions(sql, id, limit),
    earlierConversation: (id, earlierId, before, limit) =>
      earlierConversation(sql, id, earlierId, before, limit),
    saidIn: (id, seq) => saidIn(sql, id, seq),
    markRead: (id, seq) => markRead(sql, id, seq),
    heardAt: (account) => heardAt(sql, account),
    measure: () => measure(sql),
  };
}
