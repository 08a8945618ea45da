import type { DesktopState } from './state.ts';
import { step, type Step } from './step.ts';

/** The board is sent to those who look at it, or read along in a conversation that it lists. */
export function keepWatch({ state, effects }: Step): Step {
  const wanted = wantsBoard(state);
  if (wanted === state.watching || state.connection !== 'online') return { state, effects };
  const word = { type: 'watch', on: wanted } as const;
  return step({ ...state, watching: wanted }, ...effects, { type: 'send', word });
}

function wantsBoard({ session, view, chosen, interactions }: DesktopState): boolean {
  if (session.kind !== 'in' || session.agent.role !== 'supervisor') return false;
  return (
    view === 'board' || (chosen !== undefined && !interactions.some(({ id }) => id === chosen))
  );
}
