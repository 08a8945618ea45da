import { setImmediate } from 'node:timers/promises';
import { asTriggerError } from '../errors.ts';
import type {
  AccountPolicy,
  Changes,
  IngestFact,
  StoredEvent,
  TriggerStore,
} from '../store/contract.ts';
import type { Offer, OfferTurn } from '../store/offers.ts';
import { createAlarm } from './alarm.ts';
import { type Backlog, createBacklog } from './backlog.ts';
import { createFinisher, type Finisher } from './finisher.ts';
import { createGate } from './gate.ts';
import { type Ingested, ingestedOf } from './ingested.ts';
import { createLanes } from './lanes.ts';
import { createMemory, memoryLimits } from './memory.ts';
import type { InboxOptions } from './options.ts';
import { createSweeper } from './sweeper.ts';
import { untilOver } from './until-over.ts';

/** How long after a failure the store is asked again: a full disk may have room then. */
const retryMs = 2_000;

/** With this much room in memory the store is asked for more. */
const worthAsking = memoryLimits.fresh / 2;

/**
 * The events of a store on their way into the flow: what is committed is handed out in the order of
 * commit for each contact, and leaves the store when the flow has finished with it.
 */
export class Inbox {
  readonly name: string;
  readonly store: TriggerStore;
  readonly #options: InboxOptions;
  readonly #lanes = createLanes();
  readonly #sweeper = createSweeper((now) => this.#sweep(now));
  readonly #room: () => boolean;
  readonly #finisher: Finisher;
  readonly #backlog: Backlog;
  /** Until the flow runs, and while memory is full, events wait in the store. */
  #behind = true;
  #catchingUp = false;
  #life: AbortController | undefined;
  /** The last of the backlog on its way: it goes before what is handed out at once again. */
  #earlier: Promise<void> = Promise.resolve();
  #memory = createMemory();
  #inFlight = 0;
  readonly #alarm = createAlarm(() => this.#catchUp());
  /** Shut while nodes are stopped and started. */
  readonly #gate = createGate();

  constructor(options: InboxOptions) {
    this.name = options.name ?? '';
    this.store = options.store;
    this.#options = options;
    this.#room = options.room ?? (() => true);
    this.#backlog = createBacklog((after, limit) => this.store.take(after, limit));
    this.#finisher = createFinisher((seqs) => this.store.finish(seqs), this.#problem);
  }

  /** Events that the flow has been given and has not finished with. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether events wait in the store for room in memory. */
  get behind(): boolean {
    return this.#behind;
  }

  /** Resolves when every new fact is on stable storage; tells for each account what was new. */
  async ingest(facts: readonly IngestFact[], receivedAt: number): Promise<readonly Ingested[]> {
    const kept = await this.change((handOut) => this.store.ingest({ facts, receivedAt }, handOut));
    return ingestedOf(facts, kept);
  }

  offers(queueIds: readonly string[]): Promise<readonly Offer[]> {
    return this.store.offers(queueIds);
  }

  async offerShown(offerId: string, expiresAt: number): Promise<void> {
    await this.store.offerShown(offerId, expiresAt);
    this.#sweeper.expect(expiresAt);
  }

  async offerTo(offerId: string, turn: OfferTurn | undefined): Promise<boolean> {
    const stands = await this.store.offerTo(offerId, turn);
    if (stands && turn) this.#sweeper.expect(turn.expiresAt);
    return stands;
  }

  /** Tells that something of the store ends then, such as a page that waits for an agent. */
  expect(at: number): void {
    this.#sweeper.expect(at);
  }

  async setPolicy(policy: AccountPolicy): Promise<void> {
    const { nextDue } = await this.store.setPolicy(policy);
    if (nextDue !== undefined) this.expect(nextDue);
  }

  /** The flow runs: what waits in the store is handed out, oldest first. */
  begin(): void {
    this.#gate.open();
    if (!this.#life) {
      this.#life = new AbortController();
      this.#sweeper.start();
    }
    this.#catchUp();
  }

  /** Nodes are being stopped: until the flow runs again, what comes waits, at most in the store. */
  pause(): void {
    this.#behind = true;
    this.#gate.shut();
  }

  /**
   * What is under way is let go: the store hands it out again after the next start. What has ended in
   * this very turn is still told to the store.
   */
  async stop(): Promise<void> {
    this.#life?.abort();
    this.#life = undefined;
    this.#gate.open();
    this.#alarm.off();
    this.#behind = true;
    this.#memory = createMemory();
    this.#sweeper.stop();
    this.#lanes.clear();
    await setImmediate();
    await this.#finisher.end();
  }

  async #sweep(now: number): Promise<void> {
    this.#options.swept?.();
    await this.change((handOut) => this.store.sweep(now, handOut)).catch(this.#problem);
    this.#catchUp();
  }

  /**
   * Runs a command of the store that brings events, and hands them out: at once or, where that is
   * decided before it is sent, with what waits in the store.
   */
  async change<T extends Changes>(command: (handOut: boolean) => Promise<T>): Promise<T> {
    if (this.#roomInMemory() === 0 || !this.#room()) this.#fallBehind();
    const handOut = !this.#behind;
    const changes = await command(handOut);
    if (changes.nextDue !== undefined) this.#sweeper.expect(changes.nextDue);
    this.#options.changed?.(changes);
    if (changes.offersOf.length > 0) this.#options.offersChanged(changes.offersOf);
    if (!handOut) return changes;
    await this.#earlier;
    changes.events.forEach((stored) => this.#enter(stored));
    return changes;
  }

  /** To be called when the flow may have room again. */
  wake(): void {
    this.#catchUp();
  }

  #roomInMemory(): number {
    return this.#memory.room(performance.now());
  }

  #fallBehind(): void {
    this.#behind = true;
    if (this.#life) this.#alarm.in(memoryLimits.freshFor);
  }

  #catchUp(): void {
    if (!this.#life || this.#gate.isShut || !this.#behind || this.#catchingUp || !this.#room())
      return;
    this.#catchingUp = true;
    this.#alarm.off();
    this.#takeWaiting()
      .catch((error: unknown) => {
        this.#problem(error);
        this.#behind = true;
        if (this.#life) this.#alarm.in(retryMs);
      })
      .finally(() => {
        this.#catchingUp = false;
      });
  }

  /**
   * Once little is left in the store, what comes from then on is handed out at once again; what came
   * while the store was asked is fetched first, since the store does one thing after the other.
   */
  async #takeWaiting(): Promise<void> {
    const room = this.#roomInMemory();
    if (room === 0) return this.#fallBehind();
    let events = await this.#backlog.next(room);
    for (let [first] = events; this.#life && first?.alone; [first] = events) {
      const suspect = first;
      await untilOver(this.#life.signal, (over) => this.#enter(suspect, over));
      events = await this.#backlog.next(room);
    }
    events.forEach((stored) => this.#enter(stored));
    if (events.length === room) return this.#fallBehind();
    this.#behind = false;
    const rest = this.#backlog.next(Number.MAX_SAFE_INTEGER);
    const entered = rest.then((stored) => stored.forEach((event) => this.#enter(event)));
    this.#earlier = entered.catch(() => undefined);
    await entered;
  }

  #enter(stored: StoredEvent, passed: () => void = () => undefined): void {
    if (!this.#life) return passed();
    const { signal } = this.#life;
    const { account, contact } = stored.event;
    const leave = this.#memory.enter(performance.now());
    this.#backlog.passed(stored.seq);
    this.#lanes.enter(
      `${account.id} ${contact.id}`,
      () => this.#handOut(stored, signal),
      () => {
        passed();
        if (signal.aborted) return;
        leave();
        if (this.#behind && this.#roomInMemory() >= worthAsking) this.#catchUp();
      },
    );
  }

  /** What a stop cuts off is no fault: it comes again. */
  readonly #problem = (error: unknown): void => {
    if (this.#life) this.#options.problem(asTriggerError(error, 'E_STORE'));
  };

  async #handOut(stored: StoredEvent, signal: AbortSignal): Promise<void> {
    await this.#gate.pass();
    if (signal.aborted) return;
    this.#inFlight += 1;
    try {
      await this.#options.deliver(stored.event, signal);
      this.#finisher.finished(stored.seq);
    } catch (error) {
      this.#problem(error);
    } finally {
      this.#inFlight -= 1;
    }
  }
}
