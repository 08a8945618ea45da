import { randomUUID } from 'node:crypto';
import type { PageContent, PageRequest } from '../../store/contract.ts';
import type { PageOrder, Receipt } from './desktop.ts';

interface Sender {
  readonly desktopId: string;
  readonly agents: readonly string[];
  readonly now: number;
}

/** What the store is to keep for an order. */
export function requestOf(order: PageOrder, { desktopId, agents, now }: Sender): PageRequest {
  const { event, content } = order;
  const interactionId = event?.interaction.id;
  const key = keyOf(order);
  return {
    desktopId,
    agents,
    key,
    repeat: order.repeat,
    replaces: placeOf(key),
    ...(event?.redelivered && !event.resent ? { redelivered: true } : {}),
    ...(interactionId ? { interactionId } : {}),
    content,
    createdAt: now,
    expiresAt: now + order.ttl * 1000,
  };
}

/**
 * A page's key says which trigger and interaction it belongs to. Except with "once" every event has a page
 * of its own; only an event that comes again after a crash must not show it twice.
 */
function keyOf({ triggerId, event, repeat }: PageOrder): string {
  const subject = event?.interaction.id || randomUUID();
  return [triggerId, subject, ...(repeat === 'once' || !event ? [] : [event.id])].join(':');
}

/** What the keys of pages have in common that take each other's place: trigger and interaction. */
export function placeOf(key: string): string {
  return key.split(':', 2).join(':');
}

export function triggerOf(key: string): string {
  return key.split(':', 1)[0] ?? '';
}

/** The interaction that a page belongs to; one without an interaction has a subject of its own. */
export function subjectOf(key: string): string {
  return key.split(':', 2)[1] ?? '';
}

/** The address that a dashboard tab is to show. */
export function dashboardUrl(content: PageContent): string | undefined {
  return content.kind === 'cti' && content.location === 'dashboard' ? content.url : undefined;
}

export function receiptOf(
  id: string,
  status: Receipt['status'],
  agents: readonly string[],
  ...reasons: readonly (string | undefined)[]
): Receipt {
  const reason = reasons.filter((text) => text !== undefined).join(' ');
  return { id, status, agents, ...(reason === '' ? {} : { reason }) };
}

export function blockedReason(agents: readonly string[]): string | undefined {
  if (agents.length === 0) return undefined;
  const names = agents.map((name) => JSON.stringify(name)).join(', ');
  return `Blocked by the browser of ${names}: a button waits there.`;
}
