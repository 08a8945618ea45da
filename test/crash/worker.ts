import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of the test's own that answers over its channel. */
export interface Worker {
  tell(word: string | object): void;
  /** The next thing it says. */
  hear<Report>(): Promise<Report>;
  end(): void;
}

export function startWorker(file: string): Worker {
  const child: ChildProcess = fork(join(import.meta.dirname, file));
  return {
    tell: (word) => child.send(word),
    hear: async <Report>() => {
      const heard = new AbortController();
      const { signal } = heard;
      const gone = once(child, 'exit', { signal }).then(() => {
        throw new Error(`${file} has ended.`);
      });
      try {
        const [report] = (await Promise.race([once(child, 'message', { signal }), gone])) as [
          Report,
        ];
        return report;
      } finally {
        gone.catch(() => undefined);
        heard.abort();
      }
    },
    end: () => {
      if (child.connected) child.disconnect();
    },
  };
}
