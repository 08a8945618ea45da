import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI } from 'node-red';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import type { PageFact } from '../../../src/desktop/server/page-facts.ts';
import type { Inbox } from '../../../src/inbox/inbox.ts';
import type { News } from '../../../src/receiver/news.ts';
import type { LogRecord } from '../../../src/trace/log-store/record.ts';
import type { Step, StepNode } from '../../../src/trace/log-types.ts';
import type { WhyKey, WhyValue } from '../../../src/trace/why.ts';
import { judge } from '../../../src/trace/verdict.ts';
import { recorderFor, recorderOf } from './event-logs.ts';
import { houseOf } from '../house.ts';

/** An event goes to so many whatsapp-in nodes; call the answer when the flow is done with it. */
export function recordDelivery(RED: NodeAPI, event: WhatsAppEvent, takers: number): () => void {
  const recorder = recorderOf(RED, event.account.id);
  if (!recorder) return () => undefined;
  recorder.received(event);
  if (takers === 0) {
    const reason: WhyKey = houseOf(RED).inlets.size === 0 ? 'noInlet' : 'notTaken';
    const values = reason === 'noInlet' ? {} : { name: event.name, account: event.account.name };
    recorder.step(event, { kind: 'taken', outcome: 'notTaken', detail: { reason, values } });
  }
  return () => recorder.landed(event);
}

/** A whatsapp-in node has taken an event, or a node behind it kept it too long. */
export function recordTaken(
  RED: NodeAPI,
  { id, type, name = '' }: Node,
  event: WhatsAppEvent,
  outcome: 'taken' | 'letGo',
): void {
  const node = { id, type, name };
  recorderOf(RED, event.account.id)?.step(event, { kind: 'taken', outcome, node });
}

/** What became of a page with an agent; the log that knows its event takes it. */
export function recordPage(RED: NodeAPI, node: StepNode, fact: PageFact): void {
  const { eventId, receiptId, pageId, agent, outcome } = fact;
  if (eventId === undefined) return;
  const detail = { agent, pageId, ...(receiptId === undefined ? {} : { receiptId }) };
  for (const { recorder } of houseOf(RED).eventLogs.values()) {
    recorder.later(eventId, { kind: 'receipt', outcome, node, detail });
  }
}

interface Cause {
  readonly kind: 'refused' | 'quarantined';
  readonly reason: WhyKey;
  readonly values: Readonly<Record<string, WhyValue>>;
}

/** A request that became no event: bad signature, unknown number, unreadable and the like. */
export function recordRequest(RED: NodeAPI, accountIds: readonly string[], news: News): void {
  const cause = causeOf(news);
  const [first = ''] = accountIds;
  const account = houseOf(RED).accounts.get(first);
  if (!cause || !account) return;
  const { name } = account.policy.account;
  const from = { id: first, name };
  recorderFor(RED, account.inbox)?.request(() => requestEntry(cause, from, account.path));
}

export function recordSetAside(RED: NodeAPI, inbox: Inbox, events: number): void {
  const cause: Cause = { kind: 'quarantined', reason: 'setAside', values: { events } };
  recorderFor(RED, inbox)?.request(() => requestEntry(cause, { id: '', name: '' }));
}

function causeOf(news: News): Cause | undefined {
  switch (news.kind) {
    case 'refused':
      return {
        kind: 'refused',
        reason: refusals[news.reason] ?? 'requestRefused',
        values: { reason: news.reason },
      };
    case 'failed':
      return { kind: 'refused', reason: 'storeFailed', values: { code: news.error.code } };
    case 'unknown number':
      return { kind: 'refused', reason: 'unknownNumber', values: { number: news.number } };
    case 'quarantined':
      return { kind: 'quarantined', reason: 'unreadable', values: { reason: news.reason } };
    case 'handshake':
    case 'health':
    case 'level':
    case 'notice':
    case 'received':
      return undefined;
  }
}

const refusals: Readonly<Record<string, WhyKey>> = {
  token: 'badToken',
  signature: 'badSignature',
};

function requestEntry(
  { kind, reason, values }: Cause,
  account: { readonly id: string; readonly name: string },
  path?: string,
): LogRecord {
  const at = new Date().toISOString();
  const detail = { reason, values, ...(path === undefined ? {} : { path }) };
  const steps: readonly Step[] = [{ at, kind, outcome: kind, detail }];
  const summary = {
    id: `request-${randomUUID()}`,
    at,
    name: 'request' as const,
    account,
    contact: '',
    interactionId: '',
    text: '',
    ...judge(steps),
  };
  return { summary, event: null, variables: {}, masked: [], steps };
}
