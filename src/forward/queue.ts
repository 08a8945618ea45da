import { AsyncResource } from 'node:async_hooks';
import { asTriggerError } from '../errors.ts';
import type {
  ForwardChoice,
  ForwardCounts,
  ForwardStore,
  KeptForward,
  PendingForward,
} from '../store/forwards.ts';
import { countDeadLetters, type DeadLetters } from './dead-letters.ts';
import { laterTry } from './later-try.ts';
import { longestWait } from './schedule.ts';
import { isPass, type Pass } from './traffic.ts';
import { createWaitingRoom, type Waiting, type WaitingRoom } from './waiting-room.ts';
import type { ForwardWork } from './work.ts';

/** Later tries of one node that are under way at most; the target has its own limit over all nodes. */
const runnersMax = 4;
/** Read from a store at once. */
const slice = 1_000;
/** Kept for one node at most, and as many dead letters: what fails then is an error at once. */
const mostKept = 100_000;
/** After a store has refused to tell what is to be sent. */
const storePauseMs = 30_000;

/** What one url-forward node has kept in its stores: tries it by its time, and owns every timer of it. */
export class ForwardQueue {
  readonly #work: ForwardWork;
  readonly #room: WaitingRoom;
  readonly #life = new AbortController();
  readonly #stores = new Map<ForwardStore, Promise<void>>();
  #loaded: Promise<unknown> = Promise.resolve();
  readonly #trying = new Set<string>();
  /** Due, in their order. */
  readonly #ready = new Set<string>();
  #runners = 0;
  readonly #dead: DeadLetters;
  #pause: NodeJS.Timeout | undefined;
  #cancelled: string | undefined;
  /** Bound: the work of the queue belongs to no message that was just being handled. */
  readonly #pump = AsyncResource.bind((): void => {
    if (this.#pause || this.#life.signal.aborted) return;
    while (this.#runners < Math.min(this.#ready.size, runnersMax)) {
      this.#runners += 1;
      void this.#run().finally(() => {
        this.#runners -= 1;
        this.#pump();
      });
    }
  });

  constructor(work: ForwardWork) {
    this.#work = work;
    this.#dead = countDeadLetters(work.node, () => this.#stores.keys(), mostKept);
    this.#room = createWaitingRoom((id) => this.#due(id), longestWait(work.schedule));
  }

  get counts(): ForwardCounts {
    return { waiting: this.#room.size, dead: this.#dead.count };
  }

  /** Why nothing of the node is to be sent any more: it is gone from the flow. */
  get cancelled(): string | undefined {
    return this.#cancelled;
  }

  /** Whether the forward waits here, or its message is on its way. */
  has(id: string): boolean {
    return this.#room.has(id) || this.#work.isPassing(id);
  }

  /** Whether an earlier forward of the lane holds the later ones; of a queue that is closed nobody knows. */
  holds(lane: string): boolean {
    return this.#life.signal.aborted || this.#room.holds(lane);
  }

  /** Goes on with what a store has kept for the node; resolves when that is known. */
  attach(store: ForwardStore): Promise<void> {
    let loading = this.#stores.get(store);
    if (!loading) {
      loading = this.#load(store).catch((error: Error) => {
        const isOver = this.#life.signal.aborted;
        if (this.#stores.has(store) && !isOver) this.#work.problem(error);
      });
      this.#stores.set(store, loading);
      this.#loaded = Promise.all(this.#stores.values());
    }
    return loading;
  }

  /** Forgets stores that were closed: what they have kept comes again when they are opened anew. */
  retain(stores: ReadonlySet<ForwardStore>): void {
    for (const store of this.#stores.keys()) {
      if (stores.has(store)) continue;
      this.#stores.delete(store);
      this.#room.drop(store);
    }
  }

  /** When it is known what the stores have kept for the node. */
  get ready(): Promise<unknown> {
    return this.#loaded;
  }

  /** False when it cannot be kept. Resolves when it is on stable storage. */
  async keep(forward: KeptForward, store: ForwardStore): Promise<boolean> {
    const isDead = forward.state === 'dead';
    void this.attach(store);
    // Another copy of its event was kept while this one waited for its turn.
    if (this.has(forward.id)) return true;
    if (!isDead && this.#room.size >= mostKept) return false;
    if (!isDead && !this.#life.signal.aborted) this.#room.add({ ...forward, store });
    try {
      if (isDead && (await this.#dead.isFull())) return false;
      await store.keepForward(forward);
      if (isDead) this.#dead.add();
    } catch (error) {
      this.#room.remove(forward.id);
      this.#work.problem(error as Error);
      return false;
    }
    this.#changed();
    return true;
  }

  /** Tries again at once what is chosen among the node's; answers how many. */
  async resend(choice: ForwardChoice): Promise<number> {
    const { node } = this.#work;
    let sent = 0;
    for (const store of this.#stores.keys()) {
      const pending = await store.resendForwards({ ...choice, node }, Date.now());
      for (const one of pending) this.#adopt(one, store);
      sent += pending.length;
    }
    await this.recount();
    return sent;
  }

  async discard(choice: ForwardChoice): Promise<void> {
    const { node } = this.#work;
    for (const id of choice.ids ?? []) this.#room.remove(id);
    for (const store of this.#stores.keys()) await store.removeForwards({ ...choice, node });
    await this.recount();
  }

  /** To be called when dead letters have gone from the stores. */
  async recount(): Promise<void> {
    await this.#dead.recount();
    this.#changed();
  }

  /** Stops everything. With `cancelled`, the reason, what is still to be sent becomes dead letters. */
  async close(cancelled?: string): Promise<void> {
    this.#cancelled = cancelled;
    this.#life.abort();
    clearTimeout(this.#pause);
    this.#ready.clear();
    this.#room.clear();
    if (cancelled === undefined) return;
    const { node } = this.#work;
    const stores = [...this.#stores.keys()];
    await Promise.all(stores.map((store) => store.cancelForwards(node, cancelled)));
  }

  async #load(store: ForwardStore): Promise<void> {
    let after = 0;
    let found: readonly PendingForward[];
    do {
      found = await store.forwardsPending(this.#work.node, after, slice);
      for (const one of found) this.#adopt(one, store);
      after = found.at(-1)?.seq ?? 0;
    } while (found.length === slice);
    await this.recount();
  }

  #adopt(pending: PendingForward, store: ForwardStore): void {
    const { id, state, nextAt } = pending;
    if (this.#life.signal.aborted || this.#work.isPassing(id)) return;
    if (state === 'answered') void this.#passOnAgain(id, store);
    else if (this.#room.has(id)) this.#room.postpone(id, nextAt);
    else this.#room.add({ ...pending, store });
  }

  async #passOnAgain(id: string, store: ForwardStore): Promise<void> {
    try {
      const forward = await store.forward(id);
      if (forward) await this.#work.passOn(forward, store);
    } catch (error) {
      this.#work.problem(error as Error);
    }
  }

  #due(id: string): void {
    if (this.#trying.has(id)) return;
    this.#ready.add(id);
    this.#pump();
  }

  async #run(): Promise<void> {
    const { signal } = this.#life;
    while (this.#ready.size > 0 && !this.#pause) {
      const pass = await this.#work.traffic.enter(this.#work.target, { signal });
      if (!isPass(pass)) return this.#rest(pass.wait);
      const [id = ''] = this.#ready;
      this.#ready.delete(id);
      const waiting = this.#room.get(id);
      if (waiting) await this.#try(waiting, pass);
      pass.leave(undefined);
    }
  }

  #rest(wait: number): void {
    if (this.#life.signal.aborted || this.#pause) return;
    this.#pause = setTimeout(() => this.#wake(), wait);
  }

  #wake(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#pump();
  }

  async #try(waiting: Waiting, pass: Pass): Promise<void> {
    const { id } = waiting;
    this.#trying.add(id);
    try {
      const end = await laterTry(waiting, this.#work, pass, this.#life.signal);
      if (this.#life.signal.aborted) return;
      if (end.nextAt !== undefined) this.#room.failed(id, end.nextAt);
      else this.#room.remove(id);
      if (end.isDead) this.#dead.add();
      // It is reached again: the others need not wait for the end of the pause.
      if (end.isAnswered) this.#wake();
    } catch (error) {
      this.#work.problem(asTriggerError(error, 'E_STORE'));
      this.#room.postpone(id, Date.now() + storePauseMs);
    } finally {
      this.#trying.delete(id);
      this.#changed();
    }
  }

  #changed(): void {
    if (!this.#life.signal.aborted) this.#work.changed(this.counts);
  }
}
