/** A process with much memory in use, which starts scripts in two ways and measures the blocked time. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openRunner } from '../src/script/runner.ts';
import { median } from './peer.ts';

/** Milliseconds. */
export interface Starts {
  readonly memory: number;
  readonly first: number;
  readonly runner: number;
  readonly spawned: number;
}

const mebibyte = 1024 * 1024;
const starts = 40;
const script = process.argv[2] ?? '';
const runner = openRunner(dirname(script));
// As a script node does when it is deployed.
runner.prepare();
const ballast = Buffer.alloc(1024 * mebibyte, 1);
const { signal } = new AbortController();

/** The turn of the event loop in which a script is started; its end is waited for. */
async function startingTurn(start: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const over = start();
  await setImmediate();
  const blocked = performance.now() - begin;
  await over;
  return blocked;
}

function throughRunner(): Promise<unknown> {
  const order = {
    runId: randomUUID(),
    type: 'sh',
    path: script,
    folders: [dirname(script)],
    timeout: 10_000,
    environment: {},
    stdin: '',
  } as const;
  return runner.run(order, signal);
}

async function directly(): Promise<void> {
  await once(spawn('sh', [script]), 'close');
}

const first = await startingTurn(throughRunner);
const turns = { runner: [] as number[], spawned: [] as number[] };
for (let start = 0; start < starts; start += 1) {
  turns.runner.push(await startingTurn(throughRunner));
  turns.spawned.push(await startingTurn(directly));
}
await runner.close();
const said: Starts = {
  memory: Math.round(process.memoryUsage.rss() / mebibyte),
  first,
  runner: median(turns.runner),
  spawned: median(turns.spawned),
};
// What is still used is still there.
if (ballast.at(-1) === 1) process.send?.({ starts: said });
process.once('disconnect', () => process.exit());
