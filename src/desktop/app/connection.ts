import { crowded, loggedOut } from '../close-codes.ts';
import type { PageWord, ServerWord } from '../protocol.ts';
import { retryDelay } from './model/backoff.ts';
import { readSession } from './session.ts';

const pingInterval = 25_000;
/** Names this window over all its connections: what was granted to it once may be granted to it again. */
const windowId = [...crypto.getRandomValues(new Uint32Array(4))]
  .map((part) => part.toString(36))
  .join('-');

export interface Connection {
  send(word: PageWord): void;
  /** Tries at once, where a try is due later. */
  hurry(): void;
  close(): void;
}

export interface ConnectionEvents {
  onWord(word: ServerWord): void;
  /** `isCrowded`: the agent has too many pages open; it is tried again all the same. */
  onLost(isCrowded: boolean): void;
  /** `hasLeft`: its agent has logged out, in whichever window. */
  onSessionEnded(hasLeft: boolean): void;
}

/** Keeps the channel open until it is closed here or the session has ended. */
export function connect(events: ConnectionEvents): Connection {
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  let closed = false;

  open();
  return {
    send: (word) => write(socket, word.type === 'claim' ? { ...word, window: windowId } : word),
    hurry: () => {
      if (retry === undefined) return;
      clearTimeout(retry);
      void check();
    },
    close: () => {
      closed = true;
      clearTimeout(retry);
      socket?.close();
    },
  };

  function open(): void {
    socket = listen({
      onWord: (word) => {
        attempt = 0;
        if (!closed) events.onWord(word);
      },
      onClose: (code) => {
        if (closed) return;
        if (code === loggedOut) return events.onSessionEnded(true);
        events.onLost(code === crowded);
        tryLater();
      },
    });
  }

  function tryLater(): void {
    retry = setTimeout(() => void check(), retryDelay(attempt++, Math.random()));
  }

  /** A refused channel does not tell the page why: the session does. */
  async function check(): Promise<void> {
    retry = undefined;
    const session = await readSession();
    if (closed) return;
    if (session.kind === 'in') open();
    else if (session.kind === 'out') events.onSessionEnded(false);
    else tryLater();
  }
}

function write(socket: WebSocket | undefined, word: PageWord): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(word));
}

/** One socket and its heartbeat: a network that went away silently is noticed within two pings. */
function listen(on: { onWord(word: ServerWord): void; onClose(code?: number): void }): WebSocket {
  const url = new URL('channel', document.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  let heard = true;
  const heartbeat = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!heard) return lose();
    heard = false;
    write(socket, { type: 'ping' });
  }, pingInterval);
  socket.onmessage = (message) => {
    heard = true;
    on.onWord(JSON.parse(String(message.data)) as ServerWord);
  };
  socket.onclose = ({ code }) => lose(code);
  return socket;

  /** A dead network lets `close` wait for a minute, so its event is not waited for. */
  function lose(code?: number): void {
    clearInterval(heartbeat);
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    on.onClose(code);
  }
}
