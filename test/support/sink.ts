/** A recording HTTP server that stands for whatever a flow calls, with moods of its own. */
import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo, Socket } from 'node:net';

export interface Received {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the sink treats the requests to come. */
export type Mood =
  | {
      readonly kind: 'answer';
      readonly status?: number;
      readonly headers?: OutgoingHttpHeaders;
      readonly body?: string | Buffer;
      /** The answer waits for it. */
      readonly until?: Promise<unknown>;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Cuts the connection, before or in the middle of the answer. */
  | { readonly kind: 'reset'; readonly after?: string }
  /** A body without an end, as fast as it is read. */
  | { readonly kind: 'endless' }
  /** A byte at a time. */
  | { readonly kind: 'slow' }
  /** Not what a server would say: bytes as they are, then the end of the connection. */
  | { readonly kind: 'raw'; readonly bytes: Iterable<string> };

export interface Sink {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  /** When the last connection is gone. */
  quiet(): Promise<void>;
  behave(mood: Mood): void;
  /** The next request, complete with its body. */
  next(): Promise<Received>;
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const received: Received[] = [];
  const waiting: ((request: Received) => void)[] = [];
  const sockets = new EventEmitter();
  let mood: Mood = { kind: 'answer' };

  const server = createServer((request, response) => {
    void record(request).then((recorded) => {
      received.push(recorded);
      for (const resolve of waiting.splice(0)) resolve(recorded);
      return act(mood, response);
    }, ignore);
  });
  const connections = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  server.on('connection', (socket: Socket) => {
    socket.on('close', () => sockets.emit('closed'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    connections,
    async quiet() {
      while ((await connections()) > 0) await once(sockets, 'closed');
    },
    behave(next) {
      mood = next;
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A sink for each test of a describe block. */
export function useSink(): () => Sink {
  let sink: Sink | undefined;
  beforeEach(async () => {
    sink = await openSink();
  });
  afterEach(async () => {
    await sink?.close();
    sink = undefined;
  });
  return () => {
    if (!sink) throw new Error('The sink is open only while a test runs.');
    return sink;
  };
}

async function record(request: IncomingMessage): Promise<Received> {
  const { method = '', url = '', headers } = request;
  const { pathname, searchParams } = new URL(url, 'http://sink');
  return { method, url, path: pathname, query: searchParams, headers, body: await text(request) };
}

async function act(mood: Mood, response: ServerResponse): Promise<void> {
  switch (mood.kind) {
    case 'answer':
      await mood.until;
      response.writeHead(mood.status ?? 200, mood.headers ?? {}).end(mood.body ?? '');
      return;
    case 'hang':
      return;
    case 'reset':
      if (mood.after === undefined) response.socket?.resetAndDestroy();
      else response.write(mood.after, () => response.socket?.destroy());
      return;
    case 'endless':
      pour(response);
      return;
    case 'slow':
      return drip(response);
    case 'raw':
      await utter(mood.bytes, response);
  }
}

function pour(response: ServerResponse): void {
  const chunk = Buffer.alloc(16 * 1024, 'x');
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

async function utter(bytes: Iterable<string>, { socket }: ServerResponse): Promise<void> {
  if (!socket) return;
  for (const piece of bytes) {
    if (socket.destroyed) return;
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  }
  socket.end();
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'), 10);
  response.on('close', () => clearInterval(timer));
}

function ignore(): void {
  // a request that its sender gave up
}
