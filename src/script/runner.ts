import { setTimeout as delay } from 'node:timers/promises';
import { HelperProcess } from './helper-process.ts';
import { endLeftovers, ownerMark, ownerVariable } from './leftovers.ts';
import { createSlots } from './slots.ts';
import type { Outcome, ScriptOrder } from './wire.ts';

/** A script node's share of the one helper process and of its four places. */
export interface ScriptRunner {
  /** Starts the helper process, so that the first run finds it there. */
  prepare(): void;
  /**
   * Waits for a place, then runs; `began` is called in between. Aborting the signal ends the wait or
   * the run. Never rejects.
   */
  run(order: ScriptOrder, signal: AbortSignal, began?: () => void): Promise<Outcome>;
  /** Resolves when the node's runs have ended or had their time, and with the last node's the helper process. */
  close(): Promise<void>;
}

const slots = createSlots(4);
const patience = 6_000;
/** Beyond this, memory is worth more than one more run. */
const mostWaiting = 10_000;
let nodes = 0;
let helper: HelperProcess | undefined;

/** What was left behind is ended once for each user directory, before anything is run for it. */
const cleared = new Map<string, Promise<void>>();

/** Scripts that run now and that wait for a place, in this process. */
export function scriptLoad(): { readonly running: number; readonly waiting: number } {
  return { running: slots.taken, waiting: slots.waiting };
}

/** What scripts leave behind when all ends at once is known by the user directory of their Node-RED. */
export function openRunner(userDirectory: string): ScriptRunner {
  const clear = cleared.get(userDirectory) ?? endLeftovers(userDirectory);
  cleared.set(userDirectory, clear);
  const marked = (order: ScriptOrder): ScriptOrder => {
    const environment = { ...order.environment, [ownerVariable]: ownerMark(userDirectory) };
    return { ...order, environment };
  };
  const running = new Set<Promise<Outcome>>();
  nodes += 1;
  return {
    prepare() {
      helper ??= new HelperProcess();
      helper.start();
    },
    run(order, signal, began = () => undefined) {
      const outcome = runInSlot(marked(order), signal, async () => {
        began();
        await clear;
      });
      running.add(outcome);
      void outcome.finally(() => running.delete(outcome));
      return outcome;
    },
    async close() {
      const timer = new AbortController();
      const late = delay(patience, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running), late]);
      timer.abort();
      // Only now: the helper goes with the last node, and all that still runs goes with the helper.
      nodes -= 1;
      if (nodes > 0) return;
      const last = helper;
      helper = undefined;
      await last?.close();
    },
  };
}

async function runInSlot(
  order: ScriptOrder,
  signal: AbortSignal,
  ready: () => Promise<void>,
): Promise<Outcome> {
  if (slots.waiting >= mostWaiting) {
    return { end: 'denied', reason: `${mostWaiting} scripts wait for a place already.` };
  }
  const release = await slots.take(signal);
  if (!release) return { end: 'stopped' };
  try {
    await ready();
    helper ??= new HelperProcess();
    return await helper.run(order, signal);
  } catch (error) {
    const reason = `The process that runs the scripts could not be started: ${String(error)}`;
    return { end: 'denied', reason };
  } finally {
    release();
  }
}
