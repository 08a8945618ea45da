/** With these the server closes a channel; a page cannot see the answer to an upgrade that is refused. */

/** The agent has as many channels open as they may. */
export const crowded = 4002;
/** The agent has logged out, in any window of the browser. */
export const loggedOut = 4003;
