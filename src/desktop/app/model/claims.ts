import type { PageView } from '../../protocol.ts';
import type { Claim, DesktopState } from './state.ts';
import { step, type Attention, type Step } from './step.ts';
import { remember, show } from './pages.ts';

const settledLimit = 500;

/** Milliseconds that a window leaves to others that the agent is nearer to, before it claims a page. */
export function claimDelay({ visible, focused }: Attention): number {
  if (!visible) return 400;
  return focused ? 0 : 120;
}

/** A page waits for this agent: ask for it, at once where the agent is looking. */
export function announced(state: DesktopState, page: PageView, attention: Attention): Step {
  if (state.claims.has(page.id) || state.settled.has(page.id)) return step(state);
  const waiting = withClaim(state, { page, asked: false });
  const delay = claimDelay(attention);
  if (delay === 0) return due(waiting, page.id);
  const action = { type: 'claimDue', pageId: page.id } as const;
  return step(waiting, { type: 'later', after: delay, action });
}

export function due(state: DesktopState, pageId: string): Step {
  const claim = state.claims.get(pageId);
  if (!claim || claim.asked || state.connection !== 'online') return step(state);
  const asked = withClaim(state, { ...claim, asked: true });
  return step(asked, { type: 'send', word: { type: 'claim', pageId } });
}

export function claimed(
  state: DesktopState,
  pageId: string,
  granted: boolean,
  attention: Attention,
): Step {
  const claim = state.claims.get(pageId);
  if (!claim) return step(state);
  const settled = settle(state, pageId);
  if (!granted) return step(remember(settled, { page: claim.page, elsewhere: true }));
  return show(settled, claim.page, attention.working);
}

/** Nobody is to see these any more. One that was asked for keeps its claim: the grant may be under way. */
export function withdrawn(state: DesktopState, pageIds: readonly string[]): DesktopState {
  const gone = new Set(pageIds.filter((id) => state.claims.get(id)?.asked === false));
  const claims = new Map([...state.claims].filter(([id]) => !gone.has(id)));
  const settled = new Set([...state.settled, ...gone].slice(-settledLimit));
  return { ...state, claims, settled };
}

/**
 * With the connection go the answers. A page that was asked for may have been granted, and then nobody
 * showed it: it is listed, for the agent to open. The server announces the others again.
 */
export function claimsLost(state: DesktopState): DesktopState {
  const asked = [...state.claims.values()].filter((claim) => claim.asked).map(({ page }) => page);
  return { ...state, claims: new Map(), doubtful: [...asked, ...state.doubtful] };
}

function withClaim(state: DesktopState, claim: Claim): DesktopState {
  return { ...state, claims: new Map(state.claims).set(claim.page.id, claim) };
}

function settle(state: DesktopState, pageId: string): DesktopState {
  const claims = new Map(state.claims);
  claims.delete(pageId);
  return {
    ...state,
    claims,
    settled: new Set([...state.settled, pageId].slice(-settledLimit)),
    doubtful: state.doubtful.filter((page) => page.id !== pageId),
  };
}
