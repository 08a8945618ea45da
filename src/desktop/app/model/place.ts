import type { Reply, View } from './desk-state.ts';
import type { DesktopState, Tab } from './state.ts';

/** Where an agent is and what they have begun: what a page that is loaded again goes on with. */
export interface Place {
  readonly username: string;
  readonly view: View;
  readonly chosen: string | undefined;
  readonly drafts: readonly (readonly [string, string])[];
  /** Replies that may not have gone out. */
  readonly replies: readonly Reply[];
  readonly tabs: readonly Tab[];
  readonly activeTab: string;
}

export function placeOf(state: DesktopState): Place | undefined {
  if (state.session.kind !== 'in') return undefined;
  const { view, chosen, tabs, activeTab } = state;
  return {
    username: state.session.agent.username,
    view,
    chosen,
    drafts: [...state.drafts],
    replies: [...state.replies.values()].filter((reply) => reply.state !== 'sent'),
    tabs,
    activeTab,
  };
}

/** Popups are not among it: one that was shown is shown no second time, and found in "Recent". */
export function restore(state: DesktopState, place: Place): DesktopState {
  const { session } = state;
  if (session.kind !== 'in' || session.agent.username !== place.username) return state;
  const { view, chosen, activeTab } = place;
  return {
    ...state,
    view,
    chosen,
    activeTab,
    drafts: new Map(place.drafts),
    replies: new Map(place.replies.map((reply) => [reply.id, reply])),
    tabs: place.tabs.map((tab) => ({ ...tab, restored: true })),
  };
}
