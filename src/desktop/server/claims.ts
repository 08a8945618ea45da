import type { Page } from '../../store/contract.ts';

/** Usernames of those who showed one of the pages in time, and of those whose browser blocked it. */
export interface Seen {
  readonly shown: readonly string[];
  readonly blocked: readonly string[];
}

/** Those who wait to hear that pages were shown. */
export interface Claims {
  /** A page is shown when its claim was granted; whether its window opened is told a moment later. */
  wait(pages: readonly Page[]): Promise<Seen>;
  granted(pageId: string): void;
  /** The window of a granted page opened, or not. */
  reported(pageId: string, blocked: boolean): void;
  /** Lets everyone who waits go on with what is known. */
  close(): void;
}

/** Milliseconds: how long a flow waits for the first agent, then for the others, and for a window. */
const patience = { first: 2000, others: 150, window: 400 };

interface Waiting {
  granted(): void;
  reported(blocked: boolean): void;
}

export function createClaims(): Claims {
  const waiting = new Map<string, Waiting>();
  const ends = new Set<() => void>();
  return {
    wait: (pages) =>
      new Promise((resolve) => {
        const shown: string[] = [];
        const blocked: string[] = [];
        const open = new Set(pages.map(({ id }) => id));
        let timer: NodeJS.Timeout | undefined;
        const end = (): void => {
          clearTimeout(timer);
          ends.delete(end);
          for (const { id } of pages) waiting.delete(id);
          resolve({ shown, blocked });
        };
        const settle = (id: string): void => {
          open.delete(id);
          if (open.size === 0) end();
        };
        if (pages.length === 0) return resolve({ shown, blocked });
        ends.add(end);
        timer = setTimeout(end, patience.first);
        for (const page of pages) {
          waiting.set(page.id, {
            granted() {
              shown.push(page.agent);
              clearTimeout(timer);
              timer = setTimeout(end, opensWindow(page) ? patience.window : patience.others);
              if (!opensWindow(page)) settle(page.id);
            },
            reported(isBlocked) {
              if (isBlocked) blocked.push(page.agent);
              settle(page.id);
            },
          });
        }
      }),
    granted: (pageId) => waiting.get(pageId)?.granted(),
    reported: (pageId, blocked) => waiting.get(pageId)?.reported(blocked),
    close() {
      for (const end of ends) end();
    },
  };
}

/** Only a browser can tell whether it let a window come. */
function opensWindow({ content }: Page): boolean {
  return content.kind === 'cti' && content.location !== 'dashboard';
}
