import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { admitScript } from './admission.ts';
import { keepHead } from './output-head.ts';
import { endTree, isGoneWithin, runMark } from './process-tree.ts';
import { commandLine, curlTimedOut } from './script-type.ts';
import type { Outcome, ScriptOrder } from './wire.ts';

const outputLimit = 16 * 1024 * 1024;
/** What a script started may finish its output, such as a `tee` that the shell does not wait for. */
const afterglow = 500;
/** Output that a process beyond our reach (another user's) holds open is not waited for. */
const lastWait = 1_000;

type End = 'exit' | 'timeout' | 'flood' | 'stopped';

/** Runs a script to its end, and ends whatever it leaves behind. Throws E_SCRIPT_DENIED. */
export async function runScript(
  order: ScriptOrder,
  home: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const file = admitScript(order);
  const startedAt = performance.now();
  const { leader, over } = spawn(order, file, home);
  if (leader.pid === undefined) {
    const { code } = await over;
    return { end: 'denied', reason: notStarted(order, code) };
  }
  const output = readOutput(leader);
  const end = await firstEnd(leader, order.timeout, output.flooded, signal);
  const duration = Math.round(performance.now() - startedAt);
  await clearAway(order.runId, leader, end, over);
  if (end === 'stopped') return { end };
  const { exitCode, signalCode } = leader;
  return {
    end: order.type === 'curl' && exitCode === curlTimedOut ? 'timeout' : end,
    result: { exitCode, signal: signalCode, ...output.kept(), duration },
  };
}

interface Started {
  readonly leader: ChildProcess;
  /** When the script has ended, or could not be started, and nobody holds its output any more. */
  readonly over: Promise<{ readonly code?: string | undefined }>;
}

function spawn(order: ScriptOrder, script: string, home: string): Started {
  const { file, args } = commandLine(order.type, script, order.timeout);
  const subprocess = execa(file, args, {
    cwd: dirname(script),
    env: { ...order.environment, HOME: home },
    extendEnv: false,
    input: order.stdin,
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
  });
  return { leader: subprocess.nodeChildProcess, over: Promise.resolve(subprocess) };
}

function readOutput({ stdout, stderr }: ChildProcess) {
  const flood = Promise.withResolvers<'flood'>();
  let written = 0;
  const count = (bytes: number) => {
    written += bytes;
    if (written > outputLimit) flood.resolve('flood');
  };
  const [headOfStdout, headOfStderr] = [keepHead(stdout, count), keepHead(stderr, count)];
  return {
    flooded: flood.promise,
    kept: () => ({ stdout: headOfStdout(), stderr: headOfStderr() }),
  };
}

async function firstEnd(
  leader: ChildProcess,
  timeout: number,
  flooded: Promise<'flood'>,
  signal: AbortSignal,
): Promise<End> {
  const { promise, resolve } = Promise.withResolvers<End>();
  const stop = () => resolve('stopped');
  const timer = setTimeout(resolve, timeout, 'timeout');
  leader.once('exit', () => resolve('exit'));
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const end = await Promise.race([promise, flooded]);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  return end;
}

/** A run is over when nothing of it is left and its output has been read. */
async function clearAway(
  runId: string,
  leader: ChildProcess,
  end: End,
  over: Promise<unknown>,
): Promise<void> {
  const marks = [runMark(runId)];
  if (end !== 'exit') {
    await endTree({ marks, leader });
  } else {
    await within(over, afterglow);
    if (!(await isGoneWithin({ marks }, afterglow))) await endTree({ marks });
  }
  await within(over, lastWait);
  leader.stdout?.destroy();
  leader.stderr?.destroy();
}

async function within(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const late = delay(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([promise, late]);
  timer.abort();
}

function notStarted({ type, path, timeout }: ScriptOrder, code = 'unknown error'): string {
  if (code !== 'ENOENT') return `The script "${path}" could not be started (${code}).`;
  return type === 'other'
    ? `What the first line of the script "${path}" names is not installed.`
    : `"${commandLine(type, path, timeout).file}" is not installed.`;
}
