/** What has finished is told to the store a little later, many at a time: a crash repeats these. */
const delayMs = 20;

/** How long after a failure the store is told again: a full disk may have room then. */
const retryMs = 2_000;

export interface Finisher {
  finished(seq: number): void;
  /** Tells what it knows at once, for the last time: what fails now comes again after the next start. */
  end(): Promise<void>;
}

export function createFinisher(
  finish: (seqs: readonly number[]) => Promise<void>,
  problem: (error: unknown) => void,
): Finisher {
  let waiting: number[] = [];
  let timer: NodeJS.Timeout | undefined;

  const arm = (wait: number): void => {
    timer ??= setTimeout(() => void tell().catch(later), wait);
  };
  const tell = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const seqs = waiting;
    waiting = [];
    try {
      await finish(seqs);
    } catch (error) {
      waiting.push(...seqs);
      throw error;
    }
  };
  const later = (error: unknown): void => {
    problem(error);
    arm(retryMs);
  };

  return {
    finished: (seq) => {
      waiting.push(seq);
      arm(delayMs);
    },
    end: async () => {
      await tell().catch(problem);
      clearTimeout(timer);
      timer = undefined;
      waiting = [];
    },
  };
}
