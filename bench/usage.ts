/** Loaded into a measured process: answers what the process, with all its threads, has used. */
export interface Usage {
  /** Milliseconds of processor time since the start, user and system. */
  readonly cpu: number;
  /** Resident memory in bytes, after a collection of garbage. */
  readonly rss: number;
}

process.on('message', (word) => {
  if (word !== 'usage') return;
  (globalThis as { gc?: () => void }).gc?.();
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage: Usage = {
    cpu: (userCPUTime + systemCPUTime) / 1000,
    rss: process.memoryUsage.rss(),
  };
  process.send?.({ usage });
});

// A benchmark that fails leaves nothing running.
process.once('disconnect', () => process.exit());
