import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { TriggerError } from '../errors.ts';
import { onAbort } from '../forward/on-abort.ts';
import type { ApiAnswer, ApiRequest } from '../provider/sender.ts';
import type { Line } from './line.ts';

export type ApiOutcome =
  | { readonly kind: 'answer'; readonly answer: ApiAnswer }
  /** No byte of the request has reached the provider. */
  | { readonly kind: 'unreached'; readonly text: string }
  /** The provider may have the request, or a part of it. */
  | { readonly kind: 'broken'; readonly text: string }
  /** It was not tried, and never will be. */
  | { readonly kind: 'impossible'; readonly text: string };

export interface CallOptions {
  /** The host of it may be called though it is private. */
  readonly apiUrl: string;
  readonly signal: AbortSignal;
  /** Milliseconds for all of it. */
  readonly timeout?: number;
}

export type Call = (request: ApiRequest, options: CallOptions) => Promise<ApiOutcome>;

const defaultTimeout = 30_000;
const bodyLimit = 1024 * 1024;

/** One request to a provider's interface and its answer. Never rejects. */
export async function callApi(
  line: Line,
  { method, url: address, headers, body }: ApiRequest,
  { apiUrl, signal, timeout = defaultTimeout }: CallOptions,
): Promise<ApiOutcome> {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { kind: 'impossible', text: `${JSON.stringify(address)} is no address to send to.` };
  }
  if (signal.aborted) return { kind: 'unreached', text: stopped };
  const length: Record<string, string> =
    method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {};
  try {
    const request = line.dial({ method, url, headers: { ...headers, ...length } }, apiUrl);
    return await exchange(request, url, method === 'POST' ? body : '', { signal, timeout });
  } catch (error) {
    return { kind: 'impossible', text: (error as Error).message };
  }
}

const stopped = 'The node was stopped.';

function exchange(
  request: ClientRequest,
  url: URL,
  body: string,
  { signal, timeout }: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<ApiOutcome> {
  return new Promise((resolve, reject) => {
    const wasCarried = watchConnection(request, url);
    let answering = false;
    let settled = false;

    function settle(outcome: ApiOutcome): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      forget();
      if (outcome.kind !== 'answer') request.destroy();
      resolve(outcome);
    }
    const fail = (text: string): void =>
      settle({ kind: wasCarried() ? 'broken' : 'unreached', text });
    const broken = (error?: NodeJS.ErrnoException): void => {
      // The policy refuses where the name is looked up, too.
      if (error instanceof TriggerError) reject(error);
      fail(`The connection to ${url.host} failed: ${reasonOf(error)}.`);
    };
    const timer = setTimeout(
      () => fail(`${url.host} gave no answer within ${timeout / 1000} s.`),
      timeout,
    );
    const forget = onAbort(signal, () => fail(stopped));

    // Once there is an answer, its own stream tells how it ended.
    request.on('error', (error) => answering || broken(error));
    request.on('close', () => answering || broken());
    request.on('response', (response) => {
      answering = true;
      read(response).then((answer) => settle({ kind: 'answer', answer }), broken);
    });
    request.end(body);
  });
}

/** A connection that is made, or was used before, carries what it is given at once. */
function watchConnection(request: ClientRequest, { protocol }: URL): () => boolean {
  let carried = false;
  request.on('socket', (socket) => {
    const isMade = request.reusedSocket || !socket.connecting;
    const isSecure = protocol === 'https:';
    if (isMade && (!isSecure || (socket as TLSSocket).getProtocol() !== null)) carried = true;
    else socket.once(isSecure ? 'secureConnect' : 'connect', () => (carried = true));
  });
  return () => carried;
}

async function read(response: IncomingMessage): Promise<ApiAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('it was closed');
  const { statusCode: status = 0, headers } = response;
  return { status, headers: flatHeaders(headers), body: Buffer.concat(chunks).toString('utf8') };
}

function flatHeaders(headers: IncomingHttpHeaders): ApiAnswer['headers'] {
  const flat = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(flat);
}

/** Never the message of an error: it may quote what was sent. */
function reasonOf(error: NodeJS.ErrnoException | undefined): string {
  if (error?.code === 'ECONNRESET' || error === undefined) return 'it was closed';
  return error.code ?? error.message;
}
