/**
 * The process that starts the scripts. A process that starts another one stands still for 36 µs per
 * megabyte of its own memory, so Node-RED leaves that to this small one. It lives as long as its parent.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { asTriggerError } from '../errors.ts';
import { endTree, runMark } from './process-tree.ts';
import { runScript } from './run-script.ts';
import type { Command, Outcome, Report, ScriptOrder } from './wire.ts';

const stops = new Map<string, AbortController>();
const tasks = new Set<Promise<void>>();
/** A home of their own for the scripts: nobody else can have put a configuration file there. */
const home = homedir();

mkdirSync(home, { mode: 0o700 });
process.on('message', (command: Command) => {
  switch (command.type) {
    case 'run':
      keep(run(command.order));
      break;
    case 'stop':
      stops.get(command.runId)?.abort();
      break;
    case 'reap':
      keep(endTree({ marks: command.runIds.map(runMark) }));
      break;
  }
});
process.on('disconnect', leave);
process.on('SIGTERM', leave);
// Ctrl-C in a terminal reaches this process too; Node-RED, which it is meant for, then disconnects.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

async function run(order: ScriptOrder): Promise<void> {
  const stop = new AbortController();
  stops.set(order.runId, stop);
  const outcome = await attempt(order, stop.signal);
  stops.delete(order.runId);
  const report: Report = { runId: order.runId, outcome };
  if (process.connected) process.send?.(report);
}

async function attempt(order: ScriptOrder, signal: AbortSignal): Promise<Outcome> {
  try {
    return await runScript(order, home, signal);
  } catch (error) {
    return { end: 'denied', reason: asTriggerError(error, 'E_SCRIPT_DENIED').message };
  }
}

function keep(task: Promise<void>): void {
  tasks.add(task);
  void task.finally(() => tasks.delete(task));
}

function leave(): void {
  for (const stop of stops.values()) stop.abort();
  void Promise.allSettled(tasks).then(() => {
    rmSync(home, { recursive: true, force: true });
    process.exit();
  });
}
