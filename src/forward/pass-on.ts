import type { Landing } from '../inbox/in-flight.ts';
import type { ForwardStore, KeptForward } from '../store/forwards.ts';
import { keptWith, readKept } from './kept-message.ts';

/** A url-forward node that is deployed, as those see it who have a message for it to pass on. */
export interface Sender {
  /** Sends a message out of the node; resolves when the flow has finished with it, or lost it. */
  send(message: object): Promise<Landing>;
}

export interface PassOnOptions {
  /** The node of now: it may have been redeployed since. */
  readonly sender: (node: string) => Sender | undefined;
  /** The stores that are open now. */
  readonly stores: () => Iterable<ForwardStore>;
  readonly problem: (error: Error) => void;
}

export interface PassingOn {
  has(id: string): boolean;
  /**
   * Sends the message of a forward whose target has taken it, and ends the forward when the flow has
   * finished. `completed` is the message with the answer that has just come; without it, the message
   * may have been on its way before the process died, and says so. Resolves when it has been sent.
   */
  start(forward: KeptForward, store: ForwardStore, completed?: object): Promise<void>;
}

/** Messages of later tries on their way through the flow; they outlive the node they came from. */
export function createPassingOn({ sender, stores, problem }: PassOnOptions): PassingOn {
  const passing = new Set<string>();

  async function start(
    forward: KeptForward,
    store: ForwardStore,
    completed: object | undefined,
  ): Promise<void> {
    const { id, node } = forward;
    const text = completed ? keptWith(completed, forward.message) : forward.message;
    const isKept = !completed || (await keepAnswer(forward, store, text));
    const landing = isKept
      ? sender(node)?.send(messageOf(text, completed === undefined))
      : undefined;
    if (!landing) return void passing.delete(id);
    void follow(landing, forward, text)
      .catch(problem)
      .finally(() => passing.delete(id));
  }

  async function follow(
    first: Promise<Landing>,
    { id, node }: KeptForward,
    text: string,
  ): Promise<void> {
    let landing = await first;
    while (landing === 'lost') {
      const from = sender(node);
      if (!from) return;
      landing = await from.send(messageOf(text, true));
    }
    for (const store of stores()) await store.removeForwards({ ids: [id] });
  }

  /** From here on a crash repeats the message, not the request. False: it was discarded meanwhile. */
  async function keepAnswer(
    { id, attempts }: KeptForward,
    store: ForwardStore,
    message: string,
  ): Promise<boolean> {
    try {
      return await store.changeForward(id, { state: 'answered', attempts, message });
    } catch (error) {
      problem(error as Error);
      return true;
    }
  }

  return {
    has: (id) => passing.has(id),
    start: async (forward, store, completed) => {
      if (passing.has(forward.id)) return;
      passing.add(forward.id);
      await start(forward, store, completed);
    },
  };
}

function messageOf(text: string, again: boolean): object {
  const { message } = readKept(text);
  const { payload } = message;
  if (!again || typeof payload !== 'object' || payload === null) return message;
  if (!('redelivered' in payload)) return message;
  // Nobody has asked for this one, though somebody may have asked for what it repeats.
  const { resent: _, ...event } = payload as { readonly resent?: unknown };
  return { ...message, payload: { ...event, redelivered: true } };
}
