import { reduce } from './model/reduce.ts';
import { initialState, type DesktopState } from './model/state.ts';
import type { Action, Effect } from './model/step.ts';

export type Dispatch = (action: Action) => void;

export interface Store {
  readonly dispatch: Dispatch;
  readonly read: () => DesktopState;
}

/**
 * Holds the page's one state: draws every change, then performs what it brings with it. All of that
 * happens within the dispatch, so that a click may still open a window and focus finds what it moves to.
 */
export function createStore(
  draw: (state: DesktopState) => void,
  perform: (effect: Effect) => void,
): Store {
  let state = initialState;
  return {
    dispatch: (action) => {
      const next = reduce(state, action);
      state = next.state;
      draw(state);
      for (const effect of next.effects) perform(effect);
    },
    read: () => state,
  };
}
