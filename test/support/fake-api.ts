/** A provider's interface as the outside world: it answers as the provider documents it, and remembers. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The body where it is JSON. */
  readonly json: any;
  /** The body where it is a form. */
  readonly form: URLSearchParams;
}

export interface ApiReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON. */
  readonly body?: string | Buffer | object;
}

/** What happens to one send instead of its being taken; a promise is an answer that takes its time. */
export type Upset = ApiReply | Promise<ApiReply> | 'hang' | 'reset';

export interface FakeApi {
  readonly url: string;
  readonly calls: readonly ApiCall[];
  /** The calls that were to send a message, refused ones too. */
  readonly sends: readonly ApiCall[];
  /** The send of this place, counted from 0: made already or yet to come. */
  send(place: number): Promise<ApiCall>;
  /** What becomes of the next sends, one after the other; then they are taken again. */
  upset(...upsets: readonly Upset[]): void;
  close(): Promise<void>;
}

export interface Interface {
  isSend(call: ApiCall): boolean;
  /** `place` counts the messages that were taken. */
  answer(call: ApiCall, place: number): ApiReply;
}

export async function startFakeApi({ isSend, answer }: Interface): Promise<FakeApi> {
  const calls: ApiCall[] = [];
  const sends: ApiCall[] = [];
  const upsets: Upset[] = [];
  const waiting = new Set<() => void>();
  let taken = 0;

  function replyTo(call: ApiCall): Upset {
    calls.push(call);
    if (!isSend(call)) return answer(call, taken);
    sends.push(call);
    waiting.forEach((look) => look());
    const upset = upsets.shift();
    if (upset) return upset;
    const reply = answer(call, taken);
    if ((reply.status ?? 200) < 300) taken += 1;
    return reply;
  }

  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://fake');
    const { method = '', headers } = req;
    const { pathname: path, searchParams: query } = url;
    text(req).then(
      (body) => {
        const form = new URLSearchParams(body);
        return give(replyTo({ method, path, query, headers, body, json: jsonOf(body), form }), res);
      },
      () => res.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    sends,
    send: (place) =>
      new Promise((resolve) => {
        const look = () => {
          const call = sends[place];
          if (!call) return;
          waiting.delete(look);
          resolve(call);
        };
        waiting.add(look);
        look();
      }),
    upset: (...more) => upsets.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A fake for each test of a describe block. */
export function useFake(start: () => Promise<FakeApi>): () => FakeApi {
  let fake: FakeApi | undefined;
  beforeEach(async () => {
    fake = await start();
  });
  afterEach(async () => {
    await fake?.close();
    fake = undefined;
  });
  return () => {
    if (!fake) throw new Error('The fake is there only while a test runs.');
    return fake;
  };
}

async function give(upset: Upset, res: ServerResponse): Promise<void> {
  const reply = await upset;
  if (reply === 'hang') return;
  if (reply === 'reset') {
    res.socket?.resetAndDestroy();
    return;
  }
  const { status = 200, headers = {}, body = '' } = reply;
  const isData = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = Buffer.from(isData ? JSON.stringify(body) : body);
  res.statusCode = status;
  res.setHeader('content-type', isData ? 'application/json' : 'text/plain');
  res.setHeader('content-length', bytes.length);
  res.setHeaders(new Map(Object.entries(headers)));
  res.end(bytes);
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
