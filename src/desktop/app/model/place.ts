import type { DesktopState, Place } from './state.ts';

/** The place of who is in, else the one that is kept for who was. */
export function placeOf(state: DesktopState): Place | undefined {
  if (state.session.kind !== 'in') return state.kept;
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
