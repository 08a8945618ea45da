import * as v from 'valibot';
import type { Access } from './access.ts';
import type { DesktopAgent } from './desktop.ts';
import { GateFull } from './gate.ts';
import { HttpFault } from './http-fault.ts';
import { decoyHash, verifyPassword } from './password.ts';

const credentialsSchema = v.object({
  username: v.pipe(v.string(), v.maxLength(256)),
  password: v.pipe(v.string(), v.maxLength(1024)),
});

export interface LoginOptions extends Pick<Access, 'passwords' | 'limiter' | 'report'> {
  readonly agents: readonly DesktopAgent[];
}

/** The agent whose name and password were given. Throws HttpFault with what to answer otherwise. */
export type Login = (body: unknown, address: string, now: number) => Promise<DesktopAgent>;

export function createLogin({ agents, passwords, limiter, report }: LoginOptions): Login {
  const [example] = passwords.values();
  const decoy = decoyHash(example);
  return async (body, address, now) => {
    const given = v.safeParse(credentialsSchema, body);
    if (!given.success) throw new HttpFault(400, 'A user name and a password are expected.');
    const { username, password } = given.output;
    const agent = agents.find((known) => known.username === username);
    const news = { way: 'password', address, ...(agent ? { username } : {}) } as const;
    const wait = limiter.attempt(username, address, now);
    if (wait > 0) {
      report({ ...news, what: 'blocked' });
      throw new HttpFault(429, 'Too many tries: wait a little.', retryAfter(wait));
    }
    const hash = agent && passwords.get(username);
    // Unknown users cost the same time as known ones, or the time would tell who exists.
    const right = await verify(password, hash ?? decoy);
    if (!agent || hash === undefined || !right) {
      report({ ...news, what: 'refused' });
      throw new HttpFault(401, 'The user name or the password is wrong.');
    }
    limiter.succeeded(username, address);
    return agent;
  };
}

async function verify(password: string, hash: string): Promise<boolean> {
  try {
    return await verifyPassword(password, hash);
  } catch (error) {
    if (!(error instanceof GateFull)) throw error;
    throw new HttpFault(503, 'Too many people log in at the moment.', retryAfter(2));
  }
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'Retry-After': String(seconds) };
}
