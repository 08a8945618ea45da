import type { Page } from '../../store/contract.ts';

/** Usernames of those who showed a page in time, and of those whose browser blocked it. */
export interface Seen {
  readonly shown: readonly string[];
  readonly blocked: readonly string[];
}

/** Those who wait to hear that pages were shown. */
export interface Claims {
  /** A page is shown when an agent's claim was granted; whether its window opened is told a moment later. */
  wait(page: Page, agents: readonly string[]): Promise<Seen>;
  granted(pageId: string, agent: string): void;
  /** The window of a granted page opened, or not. */
  reported(pageId: string, agent: string, blocked: boolean): void;
  /** Lets everyone who waits go on with what is known. */
  close(): void;
}

/** Milliseconds: how long a flow waits for the first agent, then for the others, and for a window. */
const patience = { first: 2000, others: 150, window: 400 };

interface Waiting {
  granted(agent: string): void;
  reported(agent: string, blocked: boolean): void;
  end(): void;
}

export function createClaims(): Claims {
  const waiting = new Map<string, Waiting>();

  function begin(page: Page, agents: readonly string[], ended: (seen: Seen) => void): Waiting {
    const seen = { shown: [] as string[], blocked: [] as string[] };
    const open = new Set(agents);
    const end = (): void => {
      clearTimeout(timer);
      waiting.delete(page.id);
      ended(seen);
    };
    let timer = setTimeout(end, patience.first);
    const settle = (agent: string): void => {
      if (open.delete(agent) && open.size === 0) end();
    };
    return {
      granted(agent) {
        seen.shown.push(agent);
        clearTimeout(timer);
        timer = setTimeout(end, opensWindow(page) ? patience.window : patience.others);
        if (!opensWindow(page)) settle(agent);
      },
      reported(agent, blocked) {
        if (blocked) seen.blocked.push(agent);
        settle(agent);
      },
      end,
    };
  }

  return {
    wait: (page, agents) =>
      new Promise((resolve) => {
        if (agents.length === 0) resolve({ shown: [], blocked: [] });
        else waiting.set(page.id, begin(page, agents, resolve));
      }),
    granted: (pageId, agent) => waiting.get(pageId)?.granted(agent),
    reported: (pageId, agent, blocked) => waiting.get(pageId)?.reported(agent, blocked),
    close() {
      for (const each of waiting.values()) each.end();
    },
  };
}

/** Only a browser can tell whether it let a window come. */
function opensWindow({ content }: Page): boolean {
  return content.kind === 'cti' && content.location !== 'dashboard';
}
