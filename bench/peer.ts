/** The measuring side of the processes that take part in a benchmark. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Usage } from './usage.ts';

export function startPeer(file: string, execArgv: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, file), { execArgv: [...execArgv] });
}

/** Resolves with the first word of a peer that has the named part. */
export async function word<T>(peer: ChildProcess, part: string): Promise<T> {
  for (;;) {
    const [said] = (await once(peer, 'message')) as [Record<string, T>];
    if (said[part] !== undefined) return said[part];
  }
}

export async function usageOf(peer: ChildProcess): Promise<Usage> {
  const answer = word<Usage>(peer, 'usage');
  peer.send('usage');
  return answer;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}
