import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TriggerError } from '../errors.ts';
import { type Answer, readBody } from './answer.ts';
import { onAbort } from './on-abort.ts';
import type { TargetPolicy } from './target.ts';

/** What goes over the wire in one exchange. */
export interface Sending {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for all of it: connection, request, answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** An answer may have begun before the exchange failed. */
export interface Outcome {
  readonly answer?: Answer;
  readonly error?: TriggerError;
}

export interface Line {
  readonly policy: TargetPolicy;
  readonly agent: Agent;
}

const bodyLimit = 64 * 1024;

/** One request and its answer, bounded in time and size. Throws what the policy has against its target. */
export function exchange(sending: Sending, line: Line): Promise<Outcome> {
  const { hostname } = sending.url;
  const port = portOf(sending.url);
  const place = `${hostname}:${port}`;
  line.policy.check(hostname, port);
  return new Promise((resolve) => {
    const request = open(sending, line, port);
    let reading: Reading | undefined;
    let settled = false;

    function finish(error?: TriggerError): void {
      if (settled) return;
      settled = true;
      release();
      if (error || !reading?.complete()) request.destroy();
      resolve({ ...(reading && { answer: reading.answer() }), ...(error && { error }) });
    }
    function broken(error?: Error): void {
      if (!settled) finish(networkError(error, place));
    }
    const release = limit(sending, place, finish);

    request.on('error', broken);
    request.on('close', () => broken());
    request.on('response', (response) => {
      reading = read(response, finish, broken);
    });
    request.end(sending.body);
  });
}

function open(sending: Sending, line: Line, port: number): ClientRequest {
  const { method, url } = sending;
  const { protocol, pathname, search } = url;
  const start = protocol === 'https:' ? httpsRequest : httpRequest;
  return start({
    protocol,
    hostname: bareHost(url),
    port,
    path: pathname + search,
    method,
    headers: headerLines(sending),
    agent: line.agent,
    lookup: line.policy.lookup(port),
  });
}

/** As a flat list they go on the wire as they are; node:http would first make a store of an object's. */
function headerLines({ url, headers, body }: Sending): string[] {
  const lines = ['Host', url.host];
  for (const [name, value] of Object.entries(headers)) lines.push(name, value);
  lines.push('Content-Length', String(Buffer.byteLength(body)));
  return lines;
}

/** Ends the exchange at its time-out, or when the node stops; call the result to lift both. */
function limit(sending: Sending, place: string, end: (error: TriggerError) => void): () => void {
  const { timeout, signal } = sending;
  const stop = (): void => end(networkError(new Error('the node was stopped'), place));
  const timer = setTimeout(() => end(timeoutError(timeout, place)), timeout);
  const forget = onAbort(signal, stop);
  return () => {
    clearTimeout(timer);
    forget();
  };
}

interface Reading {
  complete(): boolean;
  answer(): Answer;
}

function read(response: IncomingMessage, end: () => void, broken: (e: Error) => void): Reading {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('error', broken);
  response.on('end', () => end());
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > bodyLimit) end();
  });
  return {
    complete: () => response.complete,
    answer() {
      const bytes = Buffer.concat(chunks).subarray(0, bodyLimit);
      const { statusCode = 0, headers } = response;
      return { statusCode, headers, body: readBody(bytes, headers) };
    },
  };
}

/** node:http takes an IPv6 literal without its brackets. */
function bareHost({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

function timeoutError(timeout: number, place: string): TriggerError {
  const message = `${place} gave no complete answer within ${timeout / 1000} s.`;
  return new TriggerError('E_HTTP_TIMEOUT', message);
}

/** Also takes the refusals of the policy and of the filtering agents, which come as connection errors. */
export function networkError(
  error: NodeJS.ErrnoException | undefined,
  place: string,
): TriggerError {
  if (error instanceof TriggerError) return error;
  // The code of what an aborted signal throws is a number.
  const code = typeof error?.code === 'string' ? error.code : undefined;
  const reason = code ?? error?.message ?? 'it was closed';
  const blocked = reason.includes('is not allowed. Because');
  return new TriggerError(
    blocked ? 'E_HTTP_BLOCKED' : 'E_HTTP_NETWORK',
    blocked
      ? `The target ${place} is not public.`
      : `The connection to ${place} failed: ${reason}.`,
    { cause: error, details: { reason } },
  );
}
