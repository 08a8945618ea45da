import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { closeCodes, type Connection, openConnection } from './connection.ts';
import type { PageWord } from '../protocol.ts';
import type { Door } from './door.ts';
import { isOwnOrigin } from './origin.ts';
import type { Presence } from './presence.ts';
import type { Visit } from './reach.ts';
import type { Sessions } from './sessions.ts';
import { provenanceOf } from './site.ts';

export interface ChannelOptions {
  readonly door: Door;
  readonly origins: readonly string[];
  readonly sessions: Sessions;
  readonly presence: Presence;
  /** Milliseconds by a clock that nobody sets. */
  readonly clock: () => number;
  readonly opened: (connection: Connection) => void;
  readonly heard: (connection: Connection, word: PageWord) => void;
}

/** The one way in for a page's words: nothing but a logged-in agent on our own page gets a channel. */
export interface Channel {
  upgrade(visit: Visit, socket: Duplex, head: Buffer): Promise<void>;
  /** Resolves when the last connection is gone. */
  close(): Promise<void>;
}

const mostPerAgent = 5;
/** How soon a session that has run out loses its channels; one that is ended loses them at once. */
const watchEvery = 5_000;
/** Of these looks, one in so many also asks for a sign of life. */
const looksPerBeat = 6;
const farewell = 500;

export function createChannel(options: ChannelOptions): Channel {
  const { presence, sessions, clock } = options;
  let server: WebSocketServer | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;
  let closed = false;

  function watch(): void {
    looks += 1;
    for (const connection of presence.all()) {
      const stands = sessions.stands(connection.sessionKey, clock());
      if (stands && looks % looksPerBeat === 0) connection.beat();
    }
  }

  const forget = sessions.onEnd((sessionKey, how) => {
    const code = how === 'left' ? closeCodes.loggedOut : closeCodes.sessionOver;
    for (const connection of presence.all()) {
      if (connection.sessionKey === sessionKey) connection.close(code);
    }
  });

  function welcome(connection: Connection): void {
    presence.add(connection);
    sessions.channelOpened(connection.sessionKey);
    timer ??= setInterval(watch, watchEvery);
    connection.closed.then(() => {
      presence.remove(connection);
      sessions.channelClosed(connection.sessionKey, clock());
      if (presence.all().length === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    }, ignore);
    options.opened(connection);
  }

  /** Who asks, or the status to refuse them with. */
  function admit(visit: Visit) {
    if (closed) return 503;
    const visitor = options.door(visit);
    if (!visitor) return 401;
    if (!isOwnOrigin(provenanceOf(visit.message, visit.secure), options.origins)) return 403;
    const { agent, session } = visitor;
    return { agent, sessionKey: session.key, origin: visit.message.headers.origin ?? '' };
  }

  return {
    async upgrade(visit, socket, head) {
      socket.on('error', ignore);
      server ??= await createServer();
      const admitted = admit(visit);
      if (typeof admitted === 'number') return refuse(socket, admitted);
      socket.off('error', ignore);
      server.handleUpgrade(visit.message, socket, head, (webSocket) => {
        const { heard } = options;
        const { username } = admitted.agent;
        if (presence.of(username).length >= mostPerAgent) return turnAway(webSocket);
        welcome(openConnection(webSocket, { ...admitted, clock, heard }));
      });
    },

    async close() {
      closed = true;
      forget();
      clearInterval(timer);
      const connections = presence.all();
      for (const connection of connections) connection.close(closeCodes.restart);
      const patience = setTimeout(() => {
        for (const connection of connections) connection.cut();
      }, farewell);
      await Promise.all(connections.map((connection) => connection.closed));
      clearTimeout(patience);
    },
  };
}

const serverOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: 16 * 1024,
  // Our page sends a word in one piece; crumbs would cost more than the bytes in them.
  maxFragments: 16,
  // Whoever does not answer the close is cut off.
  closeTimeout: 3_000,
} as const;

/** Loaded with the first page that connects: an idle desktop does not need it. */
async function createServer(): Promise<WebSocketServer> {
  const ws = await import('ws');
  return new ws.WebSocketServer(serverOptions);
}

function refuse(socket: Duplex, status: number): void {
  // Whoever was refused may never close their side.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** A page never sees the status that refuses an upgrade, so that this one gets its channel and loses it. */
function turnAway(webSocket: WebSocket): void {
  webSocket.on('error', ignore);
  webSocket.close(closeCodes.crowded);
}

function ignore(): void {}
