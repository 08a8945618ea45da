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

/** Never rejects. */
export async function login(username: string, password: string): Promise<LoginAnswer> {
  const response = await request('login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (response?.ok) return { kind: 'in', agent: (await response.json()) as SessionView };
  if (response?.status === 401) return { kind: 'wrong' };
  if (response?.status !== 429) return { kind: 'unreachable' };
  return { kind: 'later', seconds: Number(response.headers.get('retry-after')) || 60 };
}

/** Whether the server has ended the session. Never rejects. */
export async function logout(): Promise<boolean> {
  const response = await request('logout', { method: 'POST' });
  return response !== undefined && (response.ok || response.status === 401);
}

async function request(path: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  } catch {
    return undefined;
  }
}
