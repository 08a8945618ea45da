import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TriggerError } from '../../errors.ts';

/** Milliseconds that a webhook may take: far more than a provider would wait. */
const patience = 15_000;

export interface Posted {
  readonly status: number;
  /** Milliseconds from the request to the whole answer. */
  readonly took: number;
}

/**
 * Posts a webhook body over real HTTP, signed as Meta signs it. The certificate is not checked: the
 * address is always this machine's own (see receiverAddress), whose certificate names another host.
 */
export async function postSigned(url: URL, body: string, secret: string): Promise<Posted> {
  const started = performance.now();
  const status = await new Promise<number>((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = request(url, {
      method: 'POST',
      rejectUnauthorized: false,
      signal: AbortSignal.timeout(patience),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      },
    });
    outgoing.once('error', (cause) => reject(unreachable(url, cause)));
    outgoing.once('response', (response) => {
      response.once('error', (cause) => reject(unreachable(url, cause)));
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    outgoing.end(body);
  });
  return { status, took: Math.round(performance.now() - started) };
}

function unreachable(url: URL, cause: Error): TriggerError {
  const why = cause.name === 'TimeoutError' ? 'no answer in time' : cause.message;
  return new TriggerError('E_HTTP_NETWORK', `${url.href}: ${why}`, { cause });
}
