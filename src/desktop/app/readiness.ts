const place = 'agent-desktop-ready';

/** Whether the agent of this browser has still to be asked. */
export function wantsReadiness(): boolean {
  try {
    return localStorage.getItem(place) === null;
  } catch {
    // Whoever cannot remember the answer would ask at every visit.
    return false;
  }
}

export function keepReadiness(): void {
  try {
    localStorage.setItem(place, new Date().toISOString());
  } catch {
    // Then it is asked again.
  }
}

/**
 * Whether pages may open windows by themselves. The first window is the click's own, which it uses up;
 * the second comes as a page does, and makes the browser ask whether it may.
 */
export function testWindows(): boolean {
  const [first, second] = [open(), open()];
  const allowed = second !== null && !second.closed;
  first?.close();
  second?.close();
  return allowed;
}

function open(): Window | null {
  return window.open('', '_blank', 'popup,width=320,height=200');
}
