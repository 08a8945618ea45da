import type { WhatsAppEvent } from '../event/event.ts';
import type { Changes, TriggerStore } from '../store/contract.ts';

export interface InboxOptions {
  /** Tells it from other inboxes, to an operator. */
  readonly name?: string;
  readonly store: TriggerStore;
  /** Resolves when the flow has finished with the event. Aborted, it leaves the event to the store. */
  readonly deliver: (event: WhatsAppEvent, signal: AbortSignal) => Promise<void>;
  /** Whether the flow has room for more; `wake` tells that it has again. */
  readonly room?: () => boolean;
  readonly offersChanged: (queueIds: readonly string[]) => void;
  readonly problem: (error: Error) => void;
  /** Told what every change brought about. */
  readonly changed?: (changes: Changes) => void;
  /** Called at least once a minute. */
  readonly swept?: () => void;
}
