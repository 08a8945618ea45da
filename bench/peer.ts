/** The measuring side of the processes that take part in a benchmark. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Usage, Word } from './usage.ts';

export interface PeerOptions {
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export function startPeer(
  file: string,
  { args = [], environment }: PeerOptions = {},
): ChildProcess {
  return fork(join(import.meta.dirname, file), [...args], {
    env: { ...process.env, ...environment },
  });
}

/** Resolves with the first word of a peer that has the named part. */
export async function word<T>(peer: ChildProcess, part: string): Promise<T> {
  for (;;) {
    const [said] = (await once(peer, 'message')) as [Record<string, T>];
    if (said[part] !== undefined) return said[part];
  }
}

export async function usageOf(peer: ChildProcess, asked: Word = 'usage'): Promise<Usage> {
  const answer = word<Usage>(peer, 'usage');
  peer.send(asked);
  return answer;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}
