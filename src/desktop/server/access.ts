import type { DesktopAgent } from './desktop.ts';
import type { LoginLimiter } from './login-limiter.ts';
import type { Sessions } from './sessions.ts';
import type { SpentTokens } from './spent-tokens.ts';
import type { TokenKey } from './token-key.ts';

/** How an agent comes in besides with a password. */
export type SignOn =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'jwt';
      readonly keys: readonly TokenKey[];
      /** What `iss` and `aud` must say; empty = anything. */
      readonly issuer: string;
      readonly audience: string;
    }
  | { readonly kind: 'header'; /** In lower case. */ readonly header: string };

export type SignOnWay = 'password' | 'token' | 'header';

/** What happened at the door. `username` is that of a known agent, never what somebody merely typed. */
export interface DoorNews {
  readonly what: 'loggedIn' | 'refused' | 'blocked' | 'loggedOut';
  readonly way: SignOnWay;
  readonly username?: string;
  readonly address: string;
  readonly reason?: string;
}

/** All that decides who may come in to a desktop, and from where. */
export interface Access {
  /** PHC strings by username. */
  readonly passwords: ReadonlyMap<string, string>;
  /** Origins that the page may have beside that of its own host. */
  readonly origins: readonly string[];
  /** Origins of sites that may show the page in a frame. */
  readonly embedIn: readonly string[];
  readonly signOn: SignOn;
  /** How many proxies stand in front of Node-RED and may say whom they speak for. */
  readonly trustedProxies: number;
  /** These outlive a redeploy, so that it neither logs anyone out nor forgives a guesser. */
  readonly sessions: Sessions;
  readonly limiter: LoginLimiter;
  readonly spent: SpentTokens;
  readonly report: (news: DoorNews) => void;
  /** Milliseconds by a clock that nobody sets: for how long sessions last, and guessers wait. */
  readonly clock: () => number;
}

export interface Grounds {
  readonly way: SignOnWay;
  /** Changes with the password, the key or the role: the session ends with what it rested on. */
  readonly proof: string;
}

type Proofs = Pick<Access, 'passwords' | 'signOn'>;

export function passwordGrounds(agent: DesktopAgent, { passwords }: Proofs): Grounds {
  return { way: 'password', proof: `${agent.role} ${passwords.get(agent.username) ?? ''}` };
}

export function tokenGrounds(agent: DesktopAgent, key: TokenKey): Grounds {
  return { way: 'token', proof: `${agent.role} ${key.fingerprint}` };
}

export function headerGrounds(agent: DesktopAgent, header: string): Grounds {
  return { way: 'header', proof: `${agent.role} ${header}` };
}

/** Ends the sessions whose ground is gone: of removed agents, old passwords, old keys, other roles. */
export function keepSessions(access: Access, agents: readonly DesktopAgent[]): void {
  access.sessions.keep((username) => {
    const agent = agents.find((known) => known.username === username);
    return agent ? groundsOf(agent, access) : [];
  });
}

function groundsOf(agent: DesktopAgent, access: Access): readonly Grounds[] {
  const { signOn, passwords } = access;
  const own = passwords.has(agent.username) ? [passwordGrounds(agent, access)] : [];
  if (signOn.kind === 'jwt') return [...own, ...signOn.keys.map((key) => tokenGrounds(agent, key))];
  if (signOn.kind === 'header') return [...own, headerGrounds(agent, signOn.header)];
  return own;
}
