import type { SessionView } from '../../protocol.ts';
import { placeOf, restore } from './place.ts';
import { initialState, type DesktopState, type Session } from './state.ts';
import type { Action } from './step.ts';

type LoggedOut = Extract<Action, { type: 'loggedOut' }>;

/** Another agent may come in without a logout between: in another tab, or by a token. */
export function loggedIn(state: DesktopState, agent: SessionView): DesktopState {
  const session = { kind: 'in', agent } as const;
  if (state.session.kind === 'in') {
    const other = state.session.agent.username !== agent.username;
    return other ? cleared(state, session) : { ...state, session };
  }
  const { kept } = state;
  const begun: DesktopState = { ...state, session, kept: undefined };
  return kept?.username === agent.username ? restore(begun, kept) : begun;
}

/**
 * A session may end while its agent is at work: what they had begun waits for them, unless they
 * left, or somebody else was sent here.
 */
export function loggedOut(state: DesktopState, { reason, another }: LoggedOut): DesktopState {
  const out = cleared(state, { kind: 'out', ...(reason && { reason }) });
  return reason === 'left' || another ? out : { ...out, kept: placeOf(state) };
}

/** Nothing of an agent stays for the next one; what this browser is set to does. */
function cleared({ language, preferences }: DesktopState, session: Session): DesktopState {
  return { ...initialState, language, preferences, session };
}
