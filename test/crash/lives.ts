import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeRed } from '../support/node-red-process.ts';
import { type Kill, nameOf } from './plan.ts';

/** Set before each start; what it holds is given to the process. */
export type Arms = Record<string, string>;

const patience = 10_000;

export interface Lives {
  /** Kills by name, and how many of them came to the point that they were meant for. */
  readonly tally: ReadonlyMap<string, { readonly planned: number; readonly reached: number }>;
  /** How long the starts took, in milliseconds. */
  readonly starts: readonly number[];
}

/** Starts the process and kills it, again and again. */
export async function live(
  nodeRed: NodeRed,
  arms: Arms,
  kills: readonly Kill[],
  told: (done: number) => void,
): Promise<Lives> {
  const tally = new Map<string, { planned: number; reached: number }>();
  const starts: number[] = [];
  for (const [index, kill] of kills.entries()) {
    const name = nameOf(kill);
    const { planned, reached } = tally.get(name) ?? { planned: 0, reached: 0 };
    const hit = await liveOnce(nodeRed, arms, kill, (took) => starts.push(took));
    tally.set(name, { planned: planned + 1, reached: reached + (hit ? 1 : 0) });
    told(index + 1);
  }
  disarm(arms);
  return { tally, starts };
}

export function disarm(arms: Arms): void {
  for (const name of Object.keys(arms)) delete arms[name];
}

/** True when the process was killed where it was meant to be. */
async function liveOnce(
  nodeRed: NodeRed,
  arms: Arms,
  kill: Kill,
  started: (took: number) => void,
): Promise<boolean> {
  disarm(arms);
  if (kill.kind === 'point') {
    Object.assign(arms, { CRASH_POINT: kill.point, CRASH_PASSAGE: String(kill.passage) });
  }
  const from = nodeRed.log.length;
  const begin = performance.now();
  const ended = () => nodeRed.log.includes('[the process has ended]', from);
  const ready = nodeRed.start().then(
    () => started(performance.now() - begin),
    (error: unknown) => {
      if (!ended()) throw error;
    },
  );
  const child = nodeRed.process;
  if (kill.kind === 'moment' && kill.since === 'spawn') {
    await Promise.all([ready, sleep(kill.after).then(() => child.kill('SIGKILL'))]);
  } else {
    await ready;
    if (kill.kind === 'moment') await sleep(kill.after);
    else await untilEnded(nodeRed, from);
  }
  const reached = kill.kind === 'moment' || ended();
  await nodeRed.kill();
  if (child.signalCode === 'SIGKILL') return reached;
  throw new Error(`The process ended by itself (${child.exitCode}):\n${nodeRed.log.slice(from)}`);
}

/** Until the process has ended, or until that is no more to be expected. */
async function untilEnded(nodeRed: NodeRed, from: number): Promise<void> {
  const over = new AbortController();
  const end = nodeRed.waitForLog(/\[the process has ended\]/, from).then(
    () => over.abort(),
    () => undefined,
  );
  await Promise.race([end, sleep(patience, undefined, { signal: over.signal })]).catch(
    () => undefined,
  );
}
