import type { SessionView } from '../protocol.ts';
import { subjectOf } from './sign-on.ts';

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

export type SignOnAnswer = SessionAnswer | { readonly kind: 'refused' };

/**
 * Asks to come in as the site that opened us says, by its token, or as the proxy in front of the server
 * says, which may also be nobody; without a token, who is logged in already stays so. Never rejects.
 */
export async function signOn(token: string | undefined): Promise<SignOnAnswer> {
  const response = await post('session', token === undefined ? {} : { token });
  if (response?.status === 204) return { kind: 'out' };
  if (response?.ok) return { kind: 'in', agent: (await response.json()) as SessionView };
  if (response === undefined || response.status >= 500) return { kind: 'unreachable' };
  const session = await readSession();
  if (session.kind === 'out') return { kind: 'refused' };
  if (session.kind === 'unreachable' || token === undefined) return session;
  // A token opens one session: this browser may have got it already, before it lost the answer.
  if (session.agent.username === subjectOf(token)) return session;
  // Whoever was sent here must not go on in the name of the last one, also not by loading the page again.
  return (await logout()) ? { kind: 'refused' } : { kind: 'unreachable' };
}

/** Never rejects. */
export async function login(username: string, password: string): Promise<LoginAnswer> {
  const response = await post('login', { username, password });
  if (response?.ok) return { kind: 'in', agent: (await response.json()) as SessionView };
  if (response?.status === 401) return { kind: 'wrong' };
  if (response?.status !== 429) return { kind: 'unreachable' };
  return { kind: 'later', seconds: Number(response.headers.get('retry-after')) || 60 };
}

/** Whether the server has ended the session. Never rejects. */
export async function logout(): Promise<boolean> {
  const response = await post('logout', {});
  return response !== undefined && (response.ok || response.status === 401);
}

function post(path: string, body: object): Promise<Response | undefined> {
  const headers = { 'content-type': 'application/json' };
  return request(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function request(path: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  } catch {
    return undefined;
  }
}
