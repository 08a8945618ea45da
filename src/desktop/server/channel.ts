import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { closeCodes, type Connection, openConnection } from './connection.ts';
import type { PageWord } from '../protocol.ts';
import type { DesktopAgent } from './desktop.ts';
import { isOwnOrigin } from './origin.ts';
import type { Presence } from './presence.ts';
import type { Sessions } from './sessions.ts';
import { provenanceOf, sessionOf } from './site.ts';

export interface ChannelOptions {
  readonly agents: readonly DesktopAgent[];
  readonly origins: readonly string[];
  readonly sessions: Sessions;
  readonly presence: Presence;
  readonly now: () => number;
  readonly opened: (connection: Connection) => void;
  readonly heard: (connection: Connection, word: PageWord) => void;
}

/** The one way in for a page's words: nothing but a logged-in agent on our own page gets a channel. */
export interface Channel {
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer, secure: boolean): Promise<void>;
  /** Resolves when the last connection is gone. */
  close(): Promise<void>;
}

const mostPerAgent = 5;
const heartbeat = 30_000;
const farewell = 500;

export function createChannel(options: ChannelOptions): Channel {
  const { presence, sessions, now } = options;
  let server: WebSocketServer | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function beat(): void {
    for (const connection of presence.all()) {
      if (sessions.stands(connection.sessionKey, now())) connection.beat();
      else connection.close(closeCodes.sessionOver);
    }
  }

  function welcome(connection: Connection): void {
    presence.add(connection);
    sessions.channelOpened(connection.sessionKey);
    timer ??= setInterval(beat, heartbeat);
    connection.closed.then(() => {
      presence.remove(connection);
      sessions.channelClosed(connection.sessionKey, now());
      if (presence.all().length === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    }, ignore);
    options.opened(connection);
  }

  /** Who asks, or the status to refuse them with. */
  function admit(message: IncomingMessage, secure: boolean) {
    if (closed) return 503;
    const session = sessionOf(sessions, message, secure, now());
    const agent = options.agents.find(({ username }) => username === session?.username);
    if (!session || !agent) return 401;
    if (!isOwnOrigin(provenanceOf(message, secure), options.origins)) return 403;
    if (presence.of(agent.username).length >= mostPerAgent) return 429;
    return { agent, sessionKey: session.key };
  }

  return {
    async upgrade(message, socket, head, secure) {
      socket.on('error', ignore);
      server ??= await createServer();
      const admitted = admit(message, secure);
      if (typeof admitted === 'number') return refuse(socket, admitted);
      socket.off('error', ignore);
      server.handleUpgrade(message, socket, head, (webSocket) => {
        const { heard } = options;
        welcome(openConnection(webSocket, { ...admitted, now, heard }));
      });
    },

    async close() {
      closed = true;
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

/** Loaded with the first page that connects: an idle desktop does not need it. */
async function createServer(): Promise<WebSocketServer> {
  const ws = await import('ws');
  return new ws.WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: 16 * 1024,
  });
}

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function ignore(): void {}
