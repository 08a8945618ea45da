import { setImmediate } from 'node:timers/promises';
import type { WhatsAppEvent } from '../event/event.ts';
import type {
  AccountPolicy,
  Changes,
  IngestFact,
  OfferAnswer,
  Offer,
  StoredEvent,
  TriggerStore,
} from '../store/contract.ts';
import { createLanes } from './lanes.ts';
import { createSweeper } from './sweeper.ts';

/** What has finished is told to the store a little later, many at a time: a crash repeats these. */
const finishDelayMs = 20;

/** More events than this stay in the store until those in memory have gone on. */
const memoryLimit = 1_000;

export interface InboxOptions {
  readonly store: TriggerStore;
  /** Resolves when the flow has finished with the event. Aborted, it leaves the event to the store. */
  readonly deliver: (event: WhatsAppEvent, signal: AbortSignal) => Promise<void>;
  readonly offersChanged: (queueIds: readonly string[]) => void;
  readonly problem: (error: Error) => void;
  /** Called at least once a minute. */
  readonly swept?: (now: number) => void;
}

export interface Ingested {
  readonly events: number;
  readonly duplicates: number;
}

/**
 * The events of a store on their way into the flow: what is committed is handed out in the order of
 * commit for each contact, and leaves the store when the flow has finished with it.
 */
export class Inbox {
  readonly store: TriggerStore;
  readonly #options: InboxOptions;
  readonly #lanes = createLanes();
  readonly #sweeper = createSweeper((now) => this.#sweep(now));
  readonly #finished: number[] = [];
  /** Until the flow runs, and while memory is full, events wait in the store. */
  #behind = true;
  #catchingUp = false;
  #life: AbortController | undefined;
  #inMemory = 0;
  #last = 0;
  #finishTimer: NodeJS.Timeout | undefined;

  constructor(options: InboxOptions) {
    this.store = options.store;
    this.#options = options;
  }

  /** Resolves when every new fact is on stable storage. */
  async ingest(facts: readonly IngestFact[], receivedAt: number): Promise<Ingested> {
    const changes = await this.#change((handOut) =>
      this.store.ingest({ facts, receivedAt }, handOut),
    );
    return { events: changes.events.length, duplicates: changes.duplicates };
  }

  async answerOffer(answer: OfferAnswer): Promise<boolean> {
    const { won } = await this.#change((handOut) => this.store.answerOffer(answer, handOut));
    return won;
  }

  offers(queueIds: readonly string[]): Promise<readonly Offer[]> {
    return this.store.offers(queueIds);
  }

  async offerShown(offerId: string, expiresAt: number): Promise<void> {
    await this.store.offerShown(offerId, expiresAt);
    this.#sweeper.expect(expiresAt);
  }

  /** Tells that something of the store ends then, such as a page that waits for an agent. */
  expect(at: number): void {
    this.#sweeper.expect(at);
  }

  async setPolicy(policy: AccountPolicy): Promise<void> {
    const changes = await this.store.setPolicy(policy);
    if (changes.nextDue !== undefined) this.#sweeper.expect(changes.nextDue);
  }

  /** The flow runs: what waits in the store is handed out, oldest first. */
  begin(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    this.#sweeper.start();
    this.#catchUp();
  }

  /**
   * What is under way is let go: the store hands it out again after the next start. What has ended in
   * this very turn is still told to the store.
   */
  async stop(): Promise<void> {
    this.#life?.abort();
    this.#life = undefined;
    this.#behind = true;
    this.#inMemory = 0;
    this.#sweeper.stop();
    this.#lanes.clear();
    await setImmediate();
    await this.#tellFinished();
  }

  async #sweep(now: number): Promise<void> {
    this.#options.swept?.(now);
    await this.#change((handOut) => this.store.sweep(now, handOut)).catch(this.#problem);
    this.#catchUp();
  }

  /** A command that brings events: whether they go out at once is decided before it is sent. */
  async #change<T extends Changes>(command: (handOut: boolean) => Promise<T>): Promise<T> {
    if (!this.#behind && this.#inMemory >= memoryLimit) this.#behind = true;
    const handOut = !this.#behind;
    const changes = await command(handOut);
    if (changes.nextDue !== undefined) this.#sweeper.expect(changes.nextDue);
    if (changes.offersOf.length > 0) this.#options.offersChanged(changes.offersOf);
    if (handOut) changes.events.forEach((stored) => this.#enter(stored));
    return changes;
  }

  #catchUp(): void {
    if (!this.#life || !this.#behind || this.#catchingUp) return;
    this.#catchingUp = true;
    this.#takeWaiting()
      .catch(this.#problem)
      .finally(() => {
        this.#catchingUp = false;
      });
  }

  /**
   * Once little is left in the store, what comes from then on is handed out at once again; what came
   * while the store was asked is fetched first, since the store does one thing after the other.
   */
  async #takeWaiting(): Promise<void> {
    const room = memoryLimit - this.#inMemory;
    const events = await this.store.take(this.#last, room);
    events.forEach((stored) => this.#enter(stored));
    if (events.length === room) return;
    this.#behind = false;
    const rest = await this.store.take(this.#last, Number.MAX_SAFE_INTEGER);
    rest.forEach((stored) => this.#enter(stored));
  }

  #enter(stored: StoredEvent): void {
    if (!this.#life) return;
    const { signal } = this.#life;
    const { account, contact } = stored.event;
    this.#inMemory += 1;
    this.#last = Math.max(this.#last, stored.seq);
    this.#lanes.enter(
      `${account.id} ${contact.id}`,
      () => this.#handOut(stored, signal),
      () => {
        if (signal.aborted) return;
        this.#inMemory -= 1;
        if (this.#inMemory <= memoryLimit / 2) this.#catchUp();
      },
    );
  }

  async #handOut(stored: StoredEvent, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.deliver(stored.event, signal);
      this.#finish(stored.seq);
    } catch (error) {
      this.#problem(error);
    }
  }

  /** What a stop cuts off is no fault: it comes again. */
  readonly #problem = (error: unknown): void => {
    if (this.#life) this.#options.problem(asError(error));
  };

  #finish(seq: number): void {
    this.#finished.push(seq);
    if (this.#life)
      this.#finishTimer ??= setTimeout(() => void this.#tellFinished(), finishDelayMs);
  }

  async #tellFinished(): Promise<void> {
    clearTimeout(this.#finishTimer);
    this.#finishTimer = undefined;
    const seqs = this.#finished.splice(0);
    if (seqs.length > 0) await this.store.finish(seqs).catch(this.#problem);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
