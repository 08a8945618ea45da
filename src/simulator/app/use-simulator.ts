import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { AccountView, SendRequest } from '../protocol.ts';
import { emptyState, reduce, type State } from './conversation.ts';
import { fetchAccounts, follow, LockedError, post } from './server.ts';

export type Connection = 'connecting' | 'live' | 'lost' | 'locked';

export interface Simulator {
  readonly accounts: readonly AccountView[] | undefined;
  readonly connection: Connection;
  readonly state: State;
  /** Sends something new, or, with the request of an earlier line, the very same again. */
  readonly send: (what: Pick<SendRequest, 'account' | 'customer' | 'happening'>) => void;
  readonly sendAgain: (request: SendRequest) => void;
  readonly refresh: () => void;
}

/** Everything the page knows and does; the components only show it. */
export function useSimulator(): Simulator {
  const [state, dispatch] = useReducer(reduce, emptyState);
  const [accounts, setAccounts] = useState<readonly AccountView[]>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const count = useRef(0);

  const refresh = useCallback(() => {
    fetchAccounts().then(setAccounts, (error) => setConnection(connectionAfter(error)));
  }, []);

  useEffect(() => {
    const life = new AbortController();
    const { signal } = life;
    addEventListener('focus', refresh, { signal });
    refresh();
    void keepFollowing(signal, setConnection, (event) => dispatch({ type: 'event', event }));
    return () => life.abort();
  }, [refresh]);

  const go = (request: SendRequest, again: boolean): void => {
    const number = (count.current += 1);
    dispatch({ type: 'sending', line: { number, request, again, at: Date.now() } });
    void post(request).then((outcome) => dispatch({ type: 'answered', number, outcome }));
  };
  const send: Simulator['send'] = (what) => go({ ...what, ...freshId() }, false);
  return { accounts, connection, state, send, sendAgain: (request) => go(request, true), refresh };
}

/** The page names the message itself: so an event that comes before the answer finds its bubble. */
function freshId(): Pick<SendRequest, 'id' | 'timestamp'> {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { id: `wamid.${hex}`, timestamp: Math.floor(Date.now() / 1000) };
}

async function keepFollowing(
  signal: AbortSignal,
  report: (connection: Connection) => void,
  tell: (event: Exclude<FollowItem, string>) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const item of follow(signal)) {
        if (item === 'connected') report('live');
        else tell(item);
      }
      report('lost');
    } catch (error) {
      if (!signal.aborted) report(connectionAfter(error));
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

type FollowItem = ReturnType<typeof follow> extends AsyncGenerator<infer Item> ? Item : never;

function connectionAfter(error: unknown): Connection {
  return error instanceof LockedError ? 'locked' : 'lost';
}
