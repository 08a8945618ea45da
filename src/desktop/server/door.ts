import type { Access } from './access.ts';
import { cookieName, cookieValues } from './cookies.ts';
import type { DesktopAgent } from './desktop.ts';
import type { Visit } from './reach.ts';
import type { Session } from './sessions.ts';

export interface Visitor {
  readonly agent: DesktopAgent;
  readonly session: Session;
  /** The secret that was shown. */
  readonly id: string;
}

/** Tells who stands behind a request, by its session cookie and by nothing that the request claims. */
export type Door = (visit: Visit) => Visitor | undefined;

export interface DoorOptions extends Pick<Access, 'sessions' | 'signOn' | 'clock'> {
  readonly fullPath: string;
  readonly agents: readonly DesktopAgent[];
}

export function createDoor(options: DoorOptions): Door {
  const { fullPath, agents, sessions, clock } = options;

  function admit(id: string, visit: Visit): Visitor | undefined {
    const session = sessions.find(id, clock());
    const agent = agents.find(({ username }) => username === session?.username);
    if (!session || !agent) return undefined;
    const named = session.way === 'header' ? namesOf(visit, options.signOn) : [];
    if (named.length === 0 || named.includes(agent.username)) return { agent, session, id };
    // At the proxy somebody else is logged in by now, so nobody must go on in the name of the last one.
    sessions.end(session.key);
    return undefined;
  }

  return (visit) => {
    const name = cookieName({ fullPath, secure: visit.secure });
    for (const id of cookieValues(visit.message.headers.cookie, name)) {
      const visitor = admit(id, visit);
      if (visitor) return visitor;
    }
    return undefined;
  };
}

/**
 * The user that our own proxy names, as written and as UTF-8, which proxies write though a header is
 * Latin-1 by its standard. Two headers of the name come as one text with a comma, which no user name has.
 */
export function namesOf(visit: Visit, signOn: Access['signOn']): readonly string[] {
  const value = signOn.kind === 'header' ? visit.message.headers[signOn.header] : undefined;
  if (!visit.proxied || typeof value !== 'string' || value === '') return [];
  return [value, Buffer.from(value, 'latin1').toString('utf8')];
}
