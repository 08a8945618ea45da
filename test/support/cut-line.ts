/** The line between a browser and a server, which a test can cut: what is on its way then is lost. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CutLine {
  /** The server's address on this line. */
  readonly url: string;
  /** Cuts every channel when so many pieces have passed on them in either direction; the last is lost. */
  cutAfter(pieces: number): void;
  /** Cuts every channel that is open now. */
  cut(): void;
  /** How many times a channel was cut. */
  readonly cuts: number;
  nextCut(): Promise<void>;
  close(): Promise<void>;
}

export async function openCutLine(target: string): Promise<CutLine> {
  const { hostname, port } = new URL(target);
  /** The sockets of connections that have become channels. */
  const channels = new Set<Socket>();
  const sockets = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;
  let cuts = 0;
  let next = Promise.withResolvers<void>();

  function cut(): void {
    left = Number.POSITIVE_INFINITY;
    if (channels.size > 0) cuts += 1;
    for (const socket of channels) socket.destroy();
    channels.clear();
    next.resolve();
    next = Promise.withResolvers();
  }

  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let isChannel = false;
    const carry = (from: Socket, to: Socket): void => {
      sockets.add(from);
      from.on('data', (data: Buffer) => {
        if (isChannel) {
          left -= 1;
          if (left <= 0) return cut();
        } else if (/\r\nupgrade: websocket\r\n/i.test(data.toString('latin1'))) {
          isChannel = true;
          channels.add(near).add(far);
        }
        to.write(data);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        channels.delete(from);
        to.destroy();
      });
    };
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter(pieces) {
      left = pieces;
    },
    cut,
    get cuts() {
      return cuts;
    },
    nextCut: () => next.promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
