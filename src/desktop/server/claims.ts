import type { Page } from '../../store/contract.ts';

/** Those who wait to hear that pages were shown. */
export interface Claims {
  /** The agents who showed one of the pages in time; a page is shown when its claim was granted. */
  wait(pages: readonly Page[]): Promise<readonly string[]>;
  granted(pageId: string): void;
  /** Lets everyone who waits go on with what is known. */
  close(): void;
}

/** Milliseconds: how long a flow waits for the first agent, and then for the others. */
const patience = { first: 2000, others: 150 };

export function createClaims(): Claims {
  const waiting = new Map<string, () => void>();
  const ends = new Set<() => void>();
  return {
    wait: (pages) =>
      new Promise((resolve) => {
        const agents: string[] = [];
        let timer: NodeJS.Timeout | undefined;
        const end = (): void => {
          clearTimeout(timer);
          ends.delete(end);
          for (const { id } of pages) waiting.delete(id);
          resolve(agents);
        };
        if (pages.length === 0) return resolve(agents);
        ends.add(end);
        timer = setTimeout(end, patience.first);
        for (const { id, agent } of pages) {
          waiting.set(id, () => {
            agents.push(agent);
            clearTimeout(timer);
            if (agents.length === pages.length) end();
            else timer = setTimeout(end, patience.others);
          });
        }
      }),
    granted: (pageId) => waiting.get(pageId)?.(),
    close() {
      for (const end of ends) end();
    },
  };
}
