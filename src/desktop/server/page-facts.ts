import type { EndedPage, Page } from '../../store/contract.ts';
import type { PageOutcome } from '../protocol.ts';
import type { PageOrder } from './desktop.ts';
import { triggerOf } from './page-order.ts';

/** Something that became of a page on the way to its agent, or with them. */
export interface PageFact {
  readonly pageId: string;
  /** `msg.receipt.id` of the order; unknown for a page that is older than the process. */
  readonly receiptId?: string;
  /** The node that ordered it. */
  readonly triggerId: string;
  readonly eventId?: string;
  readonly interactionId?: string;
  /** A username. */
  readonly agent: string;
  readonly kind: 'popup' | 'cti';
  readonly title: string;
  readonly outcome: PageOutcome;
  readonly at: number;
}

/** A page without its content: what is told about it later. */
export type PageName = Omit<EndedPage, 'desktopId' | 'agent'>;

export function nameOfPage({ id, key, content }: Page): PageName {
  const title = content.kind === 'popup' ? content.title : content.tabTitle || content.url;
  return { id, key, kind: content.kind, title };
}

/** Remembers which order a page came from, for as long as the process and not without end. */
export interface Orders {
  remember(pageId: string, receiptId: string, order: PageOrder): void;
  fact(page: PageName, agent: string, outcome: PageOutcome, at: number): PageFact;
}

const mostRemembered = 5000;

export function createOrders(): Orders {
  type Origin = Pick<PageFact, 'receiptId' | 'eventId' | 'interactionId'>;
  const origins = new Map<string, Origin>();
  return {
    remember(pageId, receiptId, { event }) {
      origins.set(pageId, {
        receiptId,
        ...(event ? { eventId: event.id, interactionId: event.interaction.id } : {}),
      });
      const [oldest] = origins.keys();
      if (origins.size > mostRemembered && oldest !== undefined) origins.delete(oldest);
    },
    fact: ({ id, key, kind, title }, agent, outcome, at) => ({
      ...origins.get(id),
      pageId: id,
      triggerId: triggerOf(key),
      agent,
      kind,
      title,
      outcome,
      at,
    }),
  };
}
