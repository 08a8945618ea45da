/** Loaded into a measured process: answers what the process, with all its threads, has used. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Usage {
  /** Milliseconds of processor time since the start, user and system. */
  readonly cpu: number;
  /** Resident memory in bytes. */
  readonly rss: number;
  /** The highest of it since the last `watch`. */
  readonly peak: number;
  /** Bytes of JavaScript's heap in use. */
  readonly heap: number;
  /** Milliseconds that the event loop was late since the last `watch`, 99th percentile. */
  readonly delay: number;
  /** The longest of it. */
  readonly longest: number;
}

export type Word = 'usage' | 'collect' | 'watch';

const resolution = 5;
const delay = monitorEventLoopDelay({ resolution });
let peak = 0;

function look(): void {
  peak = Math.max(peak, process.memoryUsage.rss());
}

process.on('message', (word: Word) => {
  // Only memory is read after a collection of garbage: one in a round would be counted as its work.
  if (word === 'collect') (globalThis as { gc?: () => void }).gc?.();
  if (word === 'watch') {
    peak = 0;
    delay.reset();
    delay.enable();
    setInterval(look, 100).unref();
  }
  look();
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage: Usage = {
    cpu: (userCPUTime + systemCPUTime) / 1000,
    rss: process.memoryUsage.rss(),
    peak,
    heap: process.memoryUsage().heapUsed,
    delay: Math.max(0, delay.percentile(99) / 1e6 - resolution),
    longest: Math.max(0, delay.max / 1e6 - resolution),
  };
  process.send?.({ usage });
});

// A benchmark that fails leaves nothing running.
process.once('disconnect', () => process.exit());
