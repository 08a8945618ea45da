import type { IncomingMessage, ServerResponse } from 'node:http';
import { asTriggerError } from '../errors.ts';
import type { HttpAnswer, WebhookRequest } from '../provider/provider.ts';
import { nodeCrypto } from './crypto.ts';
import { keep } from './keep.ts';
import type { Refusal, Tell } from './news.ts';
import { readBody } from './read-body.ts';
import { empty, refuseEarly, reply } from './reply.ts';
import type { ReceivingAccount, Route } from './route.ts';

/** How long a provider shall wait before it comes again, in seconds. */
const retryAfter = 10;

/** One request at a path, with what to do about it. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly tell: Tell;
  readonly refuse: (reason: Refusal, answer: HttpAnswer, headers?: Record<string, string>) => void;
}

/**
 * Answers one webhook request (contract 4): verified before it is read, and acknowledged only when
 * every event of it is on stable storage. Never rejects.
 */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
  tell: Tell,
): Promise<void> {
  const refuse: Visit['refuse'] = (reason, answer, headers) => {
    tell(route, { kind: 'refused', reason });
    reply(response, answer, headers);
  };
  const visit: Visit = { request, response, route, tell, refuse };
  if (request.method === 'GET') return greet(visit);
  if (request.method !== 'POST') return refuse('method', empty(405), { Allow: 'GET, POST' });
  if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    return refuse('encoding', empty(415));
  }
  if (!route.provider.contentTypes.includes(contentType(request))) {
    return refuse('type', empty(415));
  }
  const body = await readBody(request);
  if ('bytes' in body) return accept(visit, webhookRequest(request, body.bytes));
  switch (body.refused) {
    case 'too large':
      tell(route, { kind: 'refused', reason: 'size' });
      return refuseEarly(request, response);
    case 'too slow':
      return refuse('slow', empty(408), { Connection: 'close' });
    case 'already read':
      return refuse('body read', {
        status: 500,
        contentType: 'text/plain; charset=utf-8',
        body: 'The body was already parsed by another part of the server; it cannot be verified.',
      });
    case 'aborted':
      return;
  }
}

/** A provider says hello with a GET, and some send their events so. */
async function greet({ request, response, route, tell, refuse }: Visit): Promise<void> {
  const asked = webhookRequest(request, Buffer.alloc(0));
  for (const { secrets } of route.accounts) {
    const answer = route.provider.handshake(asked, secrets, nodeCrypto);
    if (!answer) continue;
    tell(route, { kind: 'handshake' });
    return reply(response, answer);
  }
  if (route.provider.takesGet) return accept({ request, response, route, tell, refuse }, asked);
  refuse('token', empty(403));
}

async function accept({ response, route, tell, refuse }: Visit, plain: WebhookRequest) {
  const { provider, accounts, setting } = route;
  const signer = accounts.find((account) =>
    provider.verify(asSeenBy(account, plain), account.secrets, nodeCrypto, setting),
  );
  if (!signer) return refuse('signature', empty(401));
  try {
    await keep(asSeenBy(signer, plain), route, signer, tell);
    reply(response, provider.acknowledgement);
  } catch (error) {
    const failure = asTriggerError(error, 'E_STORE');
    // What is full was told when it became so.
    if ('full' in failure.details) tell(route, { kind: 'refused', reason: 'full' });
    else tell(route, { kind: 'failed', error: failure });
    reply(response, empty(503), { 'Retry-After': String(retryAfter) });
  }
}

function asSeenBy({ publicUrl }: ReceivingAccount, request: WebhookRequest): WebhookRequest {
  return publicUrl === '' ? request : { ...request, publicUrl };
}

function webhookRequest(request: IncomingMessage, body: Buffer): WebhookRequest {
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers as Record<string, string | undefined>,
    body,
    now: Date.now(),
  };
}

function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
}
