import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardPath } from './environment.ts';
import type { Command, Outcome, Report, ScriptOrder } from './wire.ts';

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const program = new URL(`./helper.${extension}`, import.meta.url);
const patience = 5_000;
/** What a process pays for starting another grows with its memory: little is left to collect later. */
const lean = '--max-semi-space-size=1';

/** Node-RED's side of the helper process; a run starts it again after it died. */
export class HelperProcess {
  #child: ChildProcess | undefined;
  #closing = false;
  readonly #running = new Map<string, (outcome: Outcome) => void>();

  /** Ahead of the first run: the bigger a process is, the longer it stands still to start another. */
  start(): void {
    // The first word over a channel costs ten times as much as the next.
    tell(this.#alive(), { type: 'reap', runIds: [] });
  }

  /** Never rejects: when the helper dies, so do the runs, with the outcome "lost". */
  run(order: ScriptOrder, signal: AbortSignal): Promise<Outcome> {
    const child = this.#alive();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const stop = () => tell(child, { type: 'stop', runId: order.runId });
    this.#running.set(order.runId, (outcome) => {
      signal.removeEventListener('abort', stop);
      resolve(outcome);
    });
    tell(child, { type: 'run', order });
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    return promise;
  }

  /** Resolves when the process is gone, and everything that it had started. */
  async close(): Promise<void> {
    const child = this.#child;
    this.#closing = true;
    if (!child) return;
    const gone = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    if (child.connected) child.disconnect();
    await gone;
    clearTimeout(timer);
  }

  #alive(): ChildProcess {
    if (this.#child) return this.#child;
    const home = join(tmpdir(), `whatsapp-triggers-${randomUUID()}`);
    const child = fork(program, {
      execArgv: [lean],
      env: { PATH: standardPath, HOME: home },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', ({ runId, outcome }: Report) => this.#settle(runId, outcome));
    child.on('exit', () => this.#died(child, home));
    child.on('error', () => this.#died(child, home));
    this.#child = child;
    return child;
  }

  #settle(runId: string, outcome: Outcome): void {
    this.#running.get(runId)?.(outcome);
    this.#running.delete(runId);
  }

  /** What the runs had started outlives a helper that was killed, so the next one ends it by run id. */
  #died(child: ChildProcess, home: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    rm(home, { recursive: true, force: true }, () => {});
    const runIds = [...this.#running.keys()];
    if (runIds.length === 0) return;
    for (const runId of runIds) this.#settle(runId, { end: 'lost' });
    const next = this.#alive();
    tell(next, { type: 'reap', runIds }, () => {
      if (this.#closing && next.connected) next.disconnect();
    });
  }
}

/** A helper that cannot be told any more is about to exit, which settles its runs. */
function tell(child: ChildProcess, command: Command, told = () => {}): void {
  child.send(command, told);
}
