import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { TriggerError } from '../errors.ts';
import type { Media } from '../event/event.ts';
import { networkError } from '../forward/exchange.ts';
import { onAbort } from '../forward/on-abort.ts';
import { providers } from '../provider/registry.ts';
import type { ApiRequest, MediaSource, Sender, SendingAccount } from '../provider/sender.ts';
import { type ApiOutcome, callApi } from './api-client.ts';
import { createLine, type Line } from './line.ts';
import { headersFor } from './media-headers.ts';
import { tokenFor } from './token.ts';

export interface MediaFile {
  /** Fails with a coded error where the file is cut off or larger than the limit. */
  readonly stream: Readable;
  readonly mimeType: string;
  /** Bytes, where they were told. */
  readonly size?: number;
  readonly fileName?: string;
}

export interface MediaOptions {
  /** The most bytes that a file may have. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** The largest file that WhatsApp carries. */
const defaultLimit = 100 * 1024 * 1024;
const patienceMs = 30_000;
const mostRedirects = 3;

/**
 * The file behind an entry of `msg.payload.message.media`, as a stream. The account's token is shown to
 * the provider's own hosts only, also on the way through redirects, and a URL that a message has
 * brought along opens nothing on a private network.
 */
export async function fetchMedia(
  account: SendingAccount & { readonly provider: string },
  media: Media,
  { limit = defaultLimit, signal = new AbortController().signal }: MediaOptions = {},
): Promise<MediaFile> {
  const sender = providers.get(account.provider)?.sender;
  if (!sender) throw refusal(`The provider "${account.provider}" gives out no files.`);
  const line = createLine();
  try {
    const source = await locate(line, account, sender, media, signal);
    const response = await open(line, source, account, signal);
    const size = sizeOf(response, limit);
    const stream = Readable.from(limited(response, limit, source.url.host), { objectMode: false });
    stream.once('close', () => line.close());
    return {
      stream,
      mimeType: response.headers['content-type'] ?? media.mimeType ?? 'application/octet-stream',
      ...(size === undefined ? {} : { size }),
      ...(media.fileName === undefined ? {} : { fileName: media.fileName }),
    };
  } catch (error) {
    line.close();
    throw error;
  }
}

interface Found extends Pick<MediaSource, 'headers' | 'hosts'> {
  readonly url: URL;
}

/** Asks the provider for the address, where it does not stand in the message. */
async function locate(
  line: Line,
  account: SendingAccount,
  sender: Sender,
  media: Media,
  signal: AbortSignal,
): Promise<Found> {
  const ask = (request: ApiRequest) => callApi(line, request, { apiUrl: account.apiUrl, signal });
  const source = sender.mediaSource(media, account, await tokenOf(account, sender, ask));
  if (!source) throw refusal('The message does not say where its file is.');
  if (!source.lookUp) return { ...source, url: addressOf(source.url) };
  const outcome = await ask(source.lookUp);
  if (outcome.kind !== 'answer') throw new TriggerError('E_HTTP_NETWORK', outcome.text);
  const url = sender.readMediaUrl(outcome.answer, account);
  if (url === undefined) {
    throw refusal(`The provider does not give out the file: it answered ${outcome.answer.status}.`);
  }
  return { ...source, url: addressOf(url) };
}

/** An account that only receives has no access key to get one with; the files may be open all the same. */
async function tokenOf(
  account: SendingAccount,
  sender: Sender,
  ask: (request: ApiRequest) => Promise<ApiOutcome>,
): Promise<string> {
  const { keyId, keySecret } = account.secrets;
  if (keyId === '' || keySecret === '') return '';
  const grant = await tokenFor(account, sender, ask);
  if ('remedy' in grant) throw refusal(grant.text);
  return grant.token;
}

async function open(
  line: Line,
  { url, headers, hosts }: Found,
  account: SendingAccount,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  let at = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const shown = headersFor(at, { headers, hosts }, account.apiUrl);
    const response = await get(line, at, shown, account.apiUrl, signal);
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return response;
    response.destroy();
    const { location } = response.headers;
    if (statusCode < 300 || statusCode >= 400 || location === undefined) {
      const details = { statusCode };
      throw new TriggerError('E_HTTP_STATUS', `${at.host} answered ${statusCode}.`, { details });
    }
    const next = addressOf(URL.parse(location, at)?.href);
    if (at.protocol === 'https:' && next.protocol !== 'https:') {
      throw new TriggerError(
        'E_HTTP_BLOCKED',
        `${at.host} leads to an address without encryption.`,
      );
    }
    at = next;
  }
  throw new TriggerError('E_HTTP_NETWORK', `${url.host} leads from one address to the next.`);
}

function get(
  line: Line,
  url: URL,
  headers: Readonly<Record<string, string>>,
  apiUrl: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = line.dial({ method: 'GET', url, headers }, apiUrl);
    const forget = onAbort(signal, () => request.destroy(signal.reason as Error));
    request.setTimeout(patienceMs, () => {
      const text = `${url.host} gave nothing for ${patienceMs / 1000} s.`;
      request.destroy(new TriggerError('E_HTTP_TIMEOUT', text));
    });
    request.on('error', (error) => reject(networkError(error, url.host)));
    request.on('close', forget);
    request.on('response', (response) => {
      // Whoever reads the stream is told; before that, nobody listens.
      response.on('error', () => undefined);
      resolve(response);
    });
    request.end();
  });
}

function sizeOf({ headers }: IncomingMessage, limit: number): number | undefined {
  const size = Number(headers['content-length'] ?? Number.NaN);
  if (size > limit) throw tooLarge(limit);
  return Number.isNaN(size) ? undefined : size;
}

async function* limited(
  response: IncomingMessage,
  limit: number,
  host: string,
): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    throw networkError(error as Error, host);
  }
}

function addressOf(text: string | undefined): URL {
  const url = URL.parse(text ?? '');
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw refusal('The address of the file is no web address.');
}

function tooLarge(limit: number): TriggerError {
  return refusal(`The file is larger than ${limit} bytes.`);
}

function refusal(text: string): TriggerError {
  return new TriggerError('E_PROVIDER', text);
}
