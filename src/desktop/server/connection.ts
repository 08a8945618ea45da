import type { WebSocket } from 'ws';
import { crowded, loggedOut } from '../close-codes.ts';
import type { PageWord, ServerWord } from '../protocol.ts';
import type { DesktopAgent } from './desktop.ts';
import { isInvited, type ToldPages } from './told.ts';
import { parsePageWord } from './words.ts';

/** Close codes of our own beside those of the standard. */
export const closeCodes = {
  restart: 1012,
  policy: 1008,
  failure: 1011,
  sessionOver: 4001,
  crowded,
  loggedOut,
} as const;

/** One page of an agent, as long as its channel is open. */
export interface Connection {
  readonly agent: DesktopAgent;
  readonly sessionKey: string;
  /** The origin of the page. */
  readonly origin: string;
  /** Pages that this connection was told of, and what it may still say about them. */
  readonly told: ToldPages;
  send(word: ServerWord): void;
  /** For a word that is the same for many: `frame` is its text. */
  sendFrame(frame: Buffer): void;
  /** Asks for a sign of life; a connection that did not answer the last time is cut. */
  beat(): void;
  close(code: number): void;
  cut(): void;
  /** Resolves when the channel is closed. */
  readonly closed: Promise<void>;
}

export interface ConnectionOptions {
  readonly agent: DesktopAgent;
  readonly sessionKey: string;
  readonly origin: string;
  readonly clock: () => number;
  readonly heard: (connection: Connection, word: PageWord) => void;
}

const wordsPerSecond = 20;
const mostBuffered = 1024 * 1024;

export function openConnection(socket: WebSocket, options: ConnectionOptions): Connection {
  const mayPass = createRate(wordsPerSecond, options.clock);
  let alive = true;

  function write(text: string | Buffer): void {
    if (socket.readyState !== socket.OPEN) return;
    // A reader this slow will not catch up; it gets everything anew when it connects again.
    if (socket.bufferedAmount > mostBuffered) socket.terminate();
    else socket.send(text, { binary: false });
  }

  const connection: Connection = {
    agent: options.agent,
    sessionKey: options.sessionKey,
    origin: options.origin,
    told: new Map(),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    send: (word) => write(JSON.stringify(word)),
    sendFrame: write,
    beat() {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    },
    close: (code) => socket.close(code),
    cut: () => socket.terminate(),
  };
  socket.on('pong', () => {
    alive = true;
    if (!mayPass()) socket.close(closeCodes.policy);
  });
  socket.on('ping', () => {
    if (!mayPass()) socket.close(closeCodes.policy);
  });
  socket.on('message', (data, binary) => {
    if (socket.readyState !== socket.OPEN) return;
    const word = binary ? undefined : parsePageWord((data as Buffer).toString('utf8'));
    if (!word || !(isInvited(connection.told, word) || mayPass()))
      return socket.close(closeCodes.policy);
    alive = true;
    options.heard(connection, word);
  });
  // A broken frame or line is followed by "close"; without a listener it would end the process.
  socket.on('error', () => undefined);
  return connection;
}

/** True while no more than `most` calls fall into one second. */
function createRate(most: number, clock: () => number): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const current = Math.floor(clock() / 1000);
    count = current === second ? count + 1 : 1;
    second = current;
    return count <= most;
  };
}
