import * as v from 'valibot';
import type { SignOn } from '../../src/desktop/server/access.ts';
import type { DesktopAgent } from '../../src/desktop/server/desktop.ts';
import { isFrameHost } from '../../src/desktop/server/page-headers.ts';
import { isPasswordHash } from '../../src/desktop/server/password.ts';
import { TriggerError } from '../../src/errors.ts';
import { choice, list, readConfig, whole, words } from '../shared/schema.ts';
import { readSignOn, signOnSchema } from './sign-on-config.ts';

const schema = v.object({
  name: words(),
  path: words('desktop'),
  agents: list(
    v.object({ username: words(), name: words(), role: choice(['agent', 'supervisor'], 'agent') }),
  ),
  frames: list(words()),
  origins: list(words()),
  embedIn: list(words()),
  reofferAfter: whole(5, 0, 1440),
  startAs: choice(['ready', 'paused'], 'ready'),
  language: choice(['auto', 'en', 'it'], 'auto'),
  ...signOnSchema,
  store: words(),
});

export interface DesktopConfig {
  readonly name: string;
  /** Without slashes at its ends. */
  readonly path: string;
  readonly agents: readonly DesktopAgent[];
  readonly frames: readonly string[];
  readonly origins: readonly string[];
  /** Origins of sites that may show the page in a frame. */
  readonly embedIn: readonly string[];
  /** Minutes that an agent without a connection keeps the interactions; 0 = for ever. */
  readonly reofferAfter: number;
  readonly startAs: 'ready' | 'paused';
  readonly language: 'auto' | 'en' | 'it';
  readonly signOn: SignOn;
  readonly trustedProxies: number;
  readonly store: string;
}

// oxlint-disable-next-line no-control-regex -- that is what is looked for
const usernamePattern = /^[^\u0000-\u001f\u007f,]{1,64}$/;

/** The properties of an agent-desktop node; a wrong one is E_CONFIG with the reason. */
export function readDesktop(saved: unknown): DesktopConfig {
  const config = readConfig(schema, saved);
  const path = config.path.trim().replace(/^\/+|\/+$/g, '') || 'desktop';
  if (!/^[\w-]+(?:\/[\w-]+)*$/.test(path)) {
    wrong('The path may have letters, digits, "-" and "_" in it, and "/" between them.');
  }
  if (/^whatsapp(?:\/|$)/.test(path)) wrong('The path "whatsapp" belongs to the webhooks.');
  const frames = filled(config.frames);
  const badFrame = frames.find((host) => !isFrameHost(host));
  if (badFrame !== undefined) wrong(`"${badFrame}" is not a host that a tab could show.`);
  return {
    ...config,
    path,
    frames,
    origins: readOrigins(config.origins),
    embedIn: readOrigins(config.embedIn),
    signOn: readSignOn(config),
    agents: readAgents(config.agents),
  };
}

function readOrigins(entries: readonly string[]): readonly string[] {
  const origins = filled(entries);
  const bad = origins.find((origin) => !isOrigin(origin));
  if (bad !== undefined) wrong(`"${bad}" is not an origin such as https://agents.example.com.`);
  return origins;
}

/** PHC strings by username, from the JSON object that the credential is. Throws E_CONFIG. */
export function readPasswords(saved: unknown): Map<string, string> {
  const passwords = new Map<string, string>();
  for (const [username, hash] of Object.entries(passwordObject(saved))) {
    if (typeof hash !== 'string' || !isPasswordHash(hash)) {
      wrong(`The password of "${username}" is not a scrypt hash: set it anew in the form.`);
    }
    passwords.set(username, hash);
  }
  return passwords;
}

function passwordObject(saved: unknown): Record<string, string> {
  if (saved === undefined || saved === null || saved === '') return {};
  try {
    const value: unknown = typeof saved === 'string' ? JSON.parse(saved) : saved;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, string>;
    }
  } catch {
    // Said below: what was saved is a secret and stays out of the message.
  }
  return wrong('The credential "passwords" is not a JSON object of user names and hashes.');
}

function readAgents(agents: readonly DesktopAgent[]): readonly DesktopAgent[] {
  const seen = new Set<string>();
  return agents.map(({ username: saved, name, role }) => {
    const username = saved.trim();
    if (!usernamePattern.test(username)) {
      wrong('A user name has 1 to 64 characters, without commas and control characters.');
    }
    if (seen.has(username)) wrong(`The user name "${username}" is there twice.`);
    seen.add(username);
    return { username, name: name.trim() || username, role };
  });
}

function filled(entries: readonly string[]): readonly string[] {
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

function wrong(reason: string): never {
  throw new TriggerError('E_CONFIG', reason);
}
