import type { PageReceipt, PageView } from '../../protocol.ts';
import { remember, show, withdrawPages } from './pages.ts';
import type { Claim, DesktopState } from './state.ts';
import { andThen, step, type Attention, type Effect, type Step } from './step.ts';

const settledLimit = 500;
/** The server closes on whoever sends 20 words a second, but for answers to what it has just announced. */
const againInterval = 70;

/**
 * Milliseconds that a window leaves to others before it claims a page: to the one that leads in this
 * browser, and to those of other devices that the agent is nearer to. Who does not lead still asks in
 * the end: the leader may have lost its connection.
 */
export function claimDelay({ visible, focused, leads }: Attention): number {
  if (leads === false) return 1200;
  if (focused) return 0;
  return visible ? 120 : 400;
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

/** A granted page is shown, and the server told so: until then it may be granted to this window again. */
export function claimed(
  state: DesktopState,
  { pageId, granted }: { readonly pageId: string; readonly granted: boolean },
  attention: Attention,
  at: number,
): Step {
  const claim = state.claims.get(pageId);
  if (!claim) return step(state);
  const settled = settle(state, pageId);
  if (granted) {
    const rendered = new Set([...state.rendered, pageId].slice(-settledLimit));
    const told = step({ ...settled, rendered }, receipt(pageId, 'shown'));
    return andThen(told, (next) => show(next, claim.page, { typing: attention.working, at }));
  }
  const missed = settled.missed.some(({ id }) => id === pageId);
  return step(missed ? settled : remember(settled, { page: claim.page, elsewhere: true }));
}

/** These are stale. One that was asked for keeps its claim: the grant may be under way. */
export function withdrawn(state: DesktopState, pageIds: readonly string[]): Step {
  const gone = new Set(pageIds.filter((id) => state.claims.get(id)?.asked === false));
  const claims = new Map([...state.claims].filter(([id]) => !gone.has(id)));
  const settled = new Set([...state.settled, ...gone].slice(-settledLimit));
  const doubtful = state.doubtful.filter(({ id }) => !pageIds.includes(id));
  return withdrawPages({ ...state, claims, settled, doubtful }, new Set(pageIds));
}

/**
 * With the connection go the answers. A page that was asked for may have been granted, and then nobody
 * showed it: it is listed, for the agent to open. The server announces the others again.
 */
export function claimsLost(state: DesktopState): DesktopState {
  const asked = [...state.claims.values()].filter((claim) => claim.asked).map(({ page }) => page);
  const others = state.doubtful.filter(({ id }) => !state.claims.get(id)?.asked);
  return { ...state, claims: new Map(), doubtful: [...asked, ...others] };
}

/** The server lists pages whose grant, or our word that they are shown, may have been lost on the way. */
export function claimAgain(state: DesktopState, pages: readonly PageView[]): Step {
  const listed = new Set(pages.map(({ id }) => id));
  const shown = [...listed].filter((id) => state.rendered.has(id));
  const lost = state.doubtful.filter(({ id }) => listed.has(id) && !state.claims.has(id));
  const claims = new Map(state.claims);
  for (const page of lost) claims.set(page.id, { page, asked: false });
  const again = lost.map((page, index): Effect => {
    const action = { type: 'claimDue', pageId: page.id } as const;
    return { type: 'later', after: index * againInterval, action };
  });
  return step({ ...state, claims }, ...again, ...shown.map((id) => receipt(id, 'shown')));
}

/**
 * "Recent" is the last of what a connection begins with. A page in doubt that neither waits nor is on a
 * list was withdrawn meanwhile; but a list may be cut, and then says nothing of what is older.
 */
export function dropWithdrawn(state: DesktopState, recent: readonly PageView[]): DesktopState {
  const oldest = recent.at(-1)?.createdAt ?? 0;
  const stands = ({ id, createdAt }: PageView) => state.claims.has(id) || createdAt < oldest;
  return { ...state, doubtful: state.doubtful.filter(stands) };
}

export function receipt(pageId: string, what: PageReceipt): Effect {
  return { type: 'send', word: { type: 'receipt', pageId, what } };
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
