import type { SessionView } from '../protocol.ts';

export type SessionAnswer =
  | { readonly kind: 'in'; readonly agent: SessionView }
  | { readonly kind: 'out' }
  | { readonly kind: 'unreachable' };

export type LoginAnswer =
  | { readonly kind: 'in'; readonly agent: SessionView }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'later'; readonly seconds: number }
  | { readonly kind: 'unreachable' };

/** Who is logged in here. Never rejects. */
export async function readSession(): Promise<SessionAnswer> {
  const response = await request('session', { method: 'GET' });
  if (response?.status === 204) return { kind: 'out' };
  if (response?.ok) return { kind: 'in', agent: (await response.json()) as SessionView };
  return { kind: 'unreachable' };
}

/** `another`: the session of another agent has ended for it. */
interface Refused {
  readonly kind: 'refused';
  readonly another?: boolean;
}

/** `again`: the token was not looked at; the seconds after which it may be. */
export type SignOnAnswer = (SessionAnswer | Refused) & {
  readonly again?: number;
};

/**
 * Asks to come in as the site that opened us says, by its token, or as the proxy in front of the server
 * says, which may also be nobody. Whoever is logged in stays so without a token, and with one that is
 * refused, unless the server has ended their session for it. What is aborted is unreachable. Never rejects.
 */
export async function signOn(
  token: string | undefined,
  signal?: AbortSignal,
): Promise<SignOnAnswer> {
  const response = await post('session', token === undefined ? {} : { token }, signal);
  if (response?.status === 204) return { kind: 'out' };
  if (response?.ok) return { kind: 'in', agent: (await response.json()) as SessionView };
  if (response === undefined || response.status >= 500) return { kind: 'unreachable' };
  if (await hasEnded(response)) return { kind: 'refused', another: true };
  const session = await readSession();
  const answer = session.kind === 'out' ? ({ kind: 'refused' } as const) : session;
  return response.status === 429 ? { ...answer, again: secondsToWait(response) } : answer;
}

/** Never rejects. */
export async function login(username: string, password: string): Promise<LoginAnswer> {
  const response = await post('login', { username, password });
  if (response?.ok) return { kind: 'in', agent: (await response.json()) as SessionView };
  if (response?.status === 401) return { kind: 'wrong' };
  if (response?.status !== 429) return { kind: 'unreachable' };
  return { kind: 'later', seconds: secondsToWait(response) };
}

/** Whether the server has ended the session. Never rejects. */
export async function logout(): Promise<boolean> {
  const response = await post('logout', {});
  return response !== undefined && (response.ok || response.status === 401);
}

async function hasEnded(response: Response): Promise<boolean> {
  try {
    return ((await response.json()) as { readonly ended?: unknown }).ended === true;
  } catch {
    return false;
  }
}

function secondsToWait({ headers }: Response): number {
  return Number(headers.get('retry-after')) || 60;
}

function post(path: string, body: object, signal?: AbortSignal): Promise<Response | undefined> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return request(path, signal ? { ...init, signal } : init);
}

async function request(path: string, init: RequestInit): Promise<Response | undefined> {
  const patience = AbortSignal.timeout(15_000);
  const signal = init.signal ? AbortSignal.any([init.signal, patience]) : patience;
  try {
    return await fetch(path, { ...init, cache: 'no-store', signal });
  } catch {
    return undefined;
  }
}
