import { type IncomingHttpHeaders, request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { headers } from '../fixtures/meta.ts';

export interface PostOptions {
  readonly secret?: string;
  /** Added to, or in place of, the headers that Meta sends; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Posts a body to a webhook address, signed as Meta signs it. */
export function postWebhook(
  url: string,
  body: Buffer,
  options: PostOptions = {},
): Promise<Response> {
  const all = { ...headers(body, options.secret), ...options.headers };
  const sent = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return fetch(url, { method: 'POST', headers: sent, body: new Uint8Array(body) });
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A request as no well-behaved client makes it: any method, chunks without a length. Resolves with
 * the answer even when it comes before the body was sent.
 */
export function rawRequest(
  url: string,
  options: { method: string; headers: Record<string, string> },
  chunks: Iterable<Uint8Array> = [],
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const outgoing = request(url, { ...options, agent: false }, (answer) => {
      answered = true;
      text(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        reject,
      );
    });
    outgoing.on('error', (error) => {
      if (!answered) reject(error);
    });
    Readable.from(chunks).pipe(outgoing);
  });
}
