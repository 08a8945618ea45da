import { readEntries } from './entries.editor.ts';
import { type Rule, required } from './rules.editor.ts';

export interface AgentRow {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  /** The password's hash; empty = none was ever set. */
  readonly hash: string;
}

const columns = [{ key: 'username' }, { key: 'name' }, { key: 'role' }] as const;

export function isUserName(value: unknown): boolean {
  // oxlint-disable-next-line no-control-regex -- that is what is looked for
  return typeof value === 'string' && /^[^,\u0000-\u001f\u007f]{1,64}$/.test(value.trim());
}

export const userName: Rule = (value) =>
  required(value) ?? (isUserName(value) ? undefined : { key: 'reason.username' });

export function agentRows(agents: unknown, credential: unknown): AgentRow[] {
  const passwords = readPasswords(credential);
  return readEntries(agents, columns).map((agent) => {
    const username = String(agent.username);
    const hash = Object.hasOwn(passwords, username) ? (passwords[username] ?? '') : '';
    return { username, name: String(agent.name), role: String(agent.role) || 'agent', hash };
  });
}

/** The hashes of the agents' passwords, by user name. */
export type Passwords = Readonly<Record<string, string>>;

/** What the credential holds; anything that is no JSON object of texts counts as none. */
function readPasswords(credential: unknown): Passwords {
  if (typeof credential !== 'string' || credential === '') return {};
  try {
    const saved: unknown = JSON.parse(credential);
    if (typeof saved !== 'object' || saved === null) return {};
    return Object.fromEntries(
      Object.entries(saved).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return {};
  }
}

/** What the credential shall hold: one entry for every agent who has a password. */
export function writePasswords(
  agents: readonly { readonly username: string; readonly hash: string }[],
): string {
  const entries = agents
    .filter(({ username, hash }) => username !== '' && hash !== '')
    .map(({ username, hash }) => [username, hash] as const);
  return entries.length === 0 ? '' : JSON.stringify(Object.fromEntries(entries));
}
