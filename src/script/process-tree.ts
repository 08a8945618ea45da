import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The processes that carry any of the marks, "NAME=value" in their environment, such as those of a run.
 * `leader` is the script itself, at the head of its process group.
 */
export interface ProcessTree {
  readonly marks: readonly string[];
  readonly leader?: ChildProcess;
}

const grace = 2_000;
const pause = 25;
const killRounds = 40;

/**
 * Ends a tree: SIGTERM, after two seconds SIGKILL, again and again until nothing is left that forks faster
 * than it dies. The group catches what dropped the mark, the mark what left the group.
 */
export async function endTree(tree: ProcessTree): Promise<void> {
  signalTree(tree, 'SIGTERM');
  await isGoneWithin(tree, grace);
  for (let round = 0; round < killRounds; round++) {
    signalTree(tree, 'SIGKILL');
    if (await isGoneWithin(tree, pause)) return;
  }
}

/** Whether a tree ends by itself in so many milliseconds. Beyond the leader, only Linux can tell. */
export async function isGoneWithin(tree: ProcessTree, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (isAlive(tree)) {
    if (performance.now() >= deadline) return false;
    await delay(pause);
  }
  return true;
}

function isAlive({ marks, leader }: ProcessTree): boolean {
  if (leader && leader.exitCode === null && leader.signalCode === null) return true;
  return carriers(marks).length > 0;
}

function signalTree({ marks, leader }: ProcessTree, signal: NodeJS.Signals): void {
  if (leader?.pid !== undefined) send(-leader.pid, signal);
  for (const pid of carriers(marks)) send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already, or belongs to another user.
  }
}

/** Read without yielding, so that a process id is hardly ever reused between the look and the signal. */
function carriers(marks: readonly string[]): number[] {
  const entries = marks.map((mark) => `${mark}\0`);
  return processIds().filter((pid) => {
    const environment = environmentOf(pid);
    return environment !== undefined && entries.some((entry) => environment.includes(entry));
  });
}

/** The mark of the processes of a run. */
export function runMark(runId: string): string {
  return `WA_RUN_ID=${runId}`;
}

/** The different marks with this beginning that processes carry now. */
export function marksInUse(prefix: string): readonly string[] {
  const entries = processIds().flatMap((pid) => {
    const environment = environmentOf(pid);
    if (!environment?.includes(prefix)) return [];
    return environment
      .toString()
      .split('\0')
      .filter((entry) => entry.startsWith(prefix));
  });
  return [...new Set(entries)];
}

/** None where there is no /proc: there only the process group is known. */
function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

function environmentOf(pid: number): Buffer | undefined {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return undefined;
  }
}
