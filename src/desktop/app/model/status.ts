import type { AgentStatus } from '../../protocol.ts';
import { wordsIn } from '../words/words.ts';
import { announce } from './notices.ts';
import type { DesktopState } from './state.ts';
import { step, type Step } from './step.ts';

export function wantStatus(state: DesktopState, status: AgentStatus): Step {
  if (state.connection !== 'online' || (state.statusAsked ?? state.status) === status)
    return step(state);
  return step(
    { ...state, statusAsked: status },
    { type: 'send', word: { type: 'status', status } },
  );
}

export function takeStatus(state: DesktopState, status: AgentStatus, since: number): DesktopState {
  const taken = { ...state, status, statusSince: since, statusAsked: undefined };
  if (state.status === status) return taken;
  const words = wordsIn(state.language).status;
  return announce(taken, status === 'ready' ? words.nowReady : words.nowPaused);
}
