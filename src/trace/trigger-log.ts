import type { News } from '../receiver/news.ts';

/** How a trigger decided about an event, row by row. */
export interface Decision {
  readonly id: string;
  readonly name: string;
  readonly met: boolean;
  readonly sentence: string;
  readonly conditions: readonly unknown[];
}

export type LogEntry =
  | {
      readonly kind: 'webhook';
      readonly at: string;
      /** The accounts that share the webhook's path. */
      readonly accounts: readonly string[];
      readonly news: Exclude<News, { kind: 'failed' }> | { kind: 'failed'; code: string };
    }
  | {
      readonly kind: 'decision';
      readonly at: string;
      readonly eventId: string | undefined;
      readonly trigger: Decision;
    }
  | {
      /** What became of a popup or a CTI page with one agent. */
      readonly kind: 'page';
      readonly at: string;
      readonly node: { readonly id: string; readonly type: string; readonly name: string };
      readonly eventId: string | undefined;
      /** `msg.receipt.id` of its message; unknown for a page that is older than the process. */
      readonly receiptId: string | undefined;
      readonly pageId: string;
      readonly agent: string;
      readonly outcome: 'shown' | 'opened' | 'dismissed' | 'blocked' | 'expired' | 'withdrawn';
    }
  | {
      /** A node kept so many events too long: they count as finished. */
      readonly kind: 'let go';
      readonly at: string;
      readonly node: { readonly id: string; readonly type: string; readonly name: string };
      readonly events: number;
    }
  | {
      /** So many events were under way each time that the process died: they are in quarantine. */
      readonly kind: 'set aside';
      readonly at: string;
      readonly events: number;
    };

export interface TriggerLog {
  add(entry: LogEntry): void;
  /** The newest first. */
  recent(limit: number): readonly LogEntry[];
  /** What triggers found may be told no longer. */
  forgetDecisions(): void;
}

/** The last `capacity` things that happened, in memory: what older ones say is gone. */
export function createTriggerLog(capacity = 1_000): TriggerLog {
  const ring: LogEntry[] = [];
  let next = 0;
  const recent = (limit: number): readonly LogEntry[] =>
    [...ring.slice(next), ...ring.slice(0, next)].toReversed().slice(0, Math.max(0, limit));
  return {
    add: (entry) => {
      ring[next] = entry;
      next = (next + 1) % capacity;
    },
    recent,
    forgetDecisions: () => {
      const left = recent(capacity).filter(({ kind }) => kind !== 'decision');
      ring.splice(0, ring.length, ...left.toReversed());
      next = ring.length % capacity;
    },
  };
}
