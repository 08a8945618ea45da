import type { Place } from './model/state.ts';

const name = `agent-desktop-place ${location.pathname}`;

/** Kept for this window alone, and only until it is loaded again; undefined = nothing is. */
export function keepPlace(place: Place | undefined): void {
  try {
    if (place) sessionStorage.setItem(name, JSON.stringify(place));
    else sessionStorage.removeItem(name);
  } catch {
    // A frame in another site may have no storage, and a full one takes no more: then a reload starts anew.
  }
}

/** Once: a place that cannot be drawn must not come back with every reload. */
export function takePlace(): Place | undefined {
  try {
    const kept = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return kept === null ? undefined : (JSON.parse(kept) as Place);
  } catch {
    return undefined;
  }
}
