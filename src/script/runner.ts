import { setTimeout as delay } from 'node:timers/promises';
import { HelperProcess } from './helper-process.ts';
import { createSlots } from './slots.ts';
import type { Outcome, ScriptOrder } from './wire.ts';

/** A script node's share of the one helper process and of its four places. */
export interface ScriptRunner {
  /** Waits for a place, then runs. Aborting the signal ends the wait or the run. Never rejects. */
  run(order: ScriptOrder, signal: AbortSignal): Promise<Outcome>;
  /** Resolves when the node's aborted runs are gone, and with the last node the helper process. */
  close(): Promise<void>;
}

const slots = createSlots(4);
const patience = 6_000;
let nodes = 0;
let helper: HelperProcess | undefined;

export function openRunner(): ScriptRunner {
  const running = new Set<Promise<Outcome>>();
  nodes += 1;
  return {
    run(order, signal) {
      const outcome = runInSlot(order, signal);
      running.add(outcome);
      void outcome.finally(() => running.delete(outcome));
      return outcome;
    },
    async close() {
      nodes -= 1;
      const timer = new AbortController();
      const late = delay(patience, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running), late]);
      timer.abort();
      if (nodes > 0) return;
      const last = helper;
      helper = undefined;
      await last?.close();
    },
  };
}

async function runInSlot(order: ScriptOrder, signal: AbortSignal): Promise<Outcome> {
  const release = await slots.take(signal);
  if (!release) return { end: 'stopped' };
  helper ??= new HelperProcess();
  try {
    return await helper.run(order, signal);
  } catch (error) {
    const reason = `The process that runs the scripts could not be started: ${String(error)}`;
    return { end: 'denied', reason };
  } finally {
    release();
  }
}
