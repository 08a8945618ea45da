import type { IncomingMessage, ServerResponse } from 'node:http';
import { TriggerError } from '../errors.ts';
import type { Crossing, Level } from '../inbox/bounds.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { HttpAnswer, Provider, Secrets, WebhookRequest } from '../provider/provider.ts';
import type { AccountPolicy, IngestFact } from '../store/contract.ts';
import { nodeCrypto } from './crypto.ts';
import { readBody } from './read-body.ts';

/** An account whose webhook is served. */
export interface ReceivingAccount {
  /** The provider's id of our number. */
  readonly accountId: string;
  readonly secrets: Secrets;
  readonly policy: AccountPolicy;
  readonly inbox: Inbox;
}

/** The accounts of one webhook path, all of one provider. */
export interface Route {
  readonly path: string;
  readonly provider: Provider;
  readonly accounts: readonly ReceivingAccount[];
  /** Whether events keep the provider's own object. */
  readonly keepRaw: boolean;
}

export type Refusal =
  'token' | 'signature' | 'method' | 'type' | 'encoding' | 'size' | 'slow' | 'body read' | 'full';

/** What happened at a path, for status, log and counters. */
export type News =
  | { readonly kind: 'handshake' }
  | {
      readonly kind: 'received';
      readonly account: string;
      readonly events: number;
      readonly duplicates: number;
    }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'unknown number'; readonly number: string }
  | { readonly kind: 'quarantined'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: TriggerError }
  | { readonly kind: 'level'; readonly of: Crossing['of']; readonly level: Level };

export type Tell = (route: Route, news: News) => void;

/** How long a provider shall wait before it comes again, in seconds. */
const retryAfter = 10;

const empty = (status: number): HttpAnswer => ({ status, body: '' });

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
  const refuse = (reason: Refusal, answer: HttpAnswer, headers = {}): void => {
    tell(route, { kind: 'refused', reason });
    reply(response, answer, headers);
  };
  if (request.method === 'GET') return greet(request, response, route, tell, refuse);
  if (request.method !== 'POST') return refuse('method', empty(405), { Allow: 'GET, POST' });
  if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    return refuse('encoding', empty(415));
  }
  if (!route.provider.contentTypes.includes(contentType(request))) {
    return refuse('type', empty(415));
  }
  const body = await readBody(request);
  if ('bytes' in body) return accept(webhookRequest(request, body.bytes), response, route, tell);
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

function greet(
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
  tell: Tell,
  refuse: (reason: Refusal, answer: HttpAnswer) => void,
): void {
  const asked = webhookRequest(request, Buffer.alloc(0));
  for (const { secrets } of route.accounts) {
    const answer = route.provider.handshake(asked, secrets, nodeCrypto);
    if (!answer) continue;
    tell(route, { kind: 'handshake' });
    return reply(response, answer);
  }
  refuse('token', empty(403));
}

async function accept(
  request: WebhookRequest,
  response: ServerResponse,
  route: Route,
  tell: Tell,
): Promise<void> {
  const { provider, accounts } = route;
  if (!accounts.some(({ secrets }) => provider.verify(request, secrets, nodeCrypto))) {
    tell(route, { kind: 'refused', reason: 'signature' });
    return reply(response, empty(401));
  }
  try {
    await keep(request, route, tell);
    reply(response, provider.acknowledgement);
  } catch (error) {
    const failure =
      error instanceof TriggerError ? error : new TriggerError('E_STORE', String(error));
    // What is full was told when it became so.
    if ('full' in failure.details) tell(route, { kind: 'refused', reason: 'full' });
    else tell(route, { kind: 'failed', error: failure });
    reply(response, empty(503), { 'Retry-After': String(retryAfter) });
  }
}

async function keep(request: WebhookRequest, route: Route, tell: Tell): Promise<void> {
  const { facts, problems } = route.provider.parse(request);
  const receivedAt = Date.now();
  const byInbox = new Map<Inbox, IngestFact[]>();
  for (const fact of facts) {
    const account = route.accounts.find(({ accountId }) => accountId === fact.accountId);
    if (!account) {
      tell(route, { kind: 'unknown number', number: fact.accountId });
      continue;
    }
    const { raw: _, ...lean } = fact;
    const entry: IngestFact = { policy: account.policy, fact: route.keepRaw ? fact : lean };
    const known = byInbox.get(account.inbox);
    if (known) known.push(entry);
    else byInbox.set(account.inbox, [entry]);
  }
  const kept = await Promise.all([
    ...[...byInbox].map(([inbox, entries]) => inbox.ingest(entries, receivedAt)),
    ...(problems.length > 0 ? [setAside(request, route, problems[0]!.reason, receivedAt)] : []),
  ]);
  for (const done of kept) {
    if (done) done.forEach((share) => tell(route, { kind: 'received', ...share }));
    else tell(route, { kind: 'quarantined', reason: problems[0]!.reason });
  }
}

/** A retry would be as unreadable: the request is kept for a person and acknowledged. */
async function setAside(
  request: WebhookRequest,
  route: Route,
  reason: string,
  at: number,
): Promise<undefined> {
  const account = route.accounts[0]!;
  const body = new TextDecoder().decode(request.body);
  const accountId = account.policy.account.id;
  await account.inbox.store.quarantine({ at, accountId, path: route.path, reason, body });
}

function webhookRequest(request: IncomingMessage, body: Buffer): WebhookRequest {
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers as Record<string, string | undefined>,
    body,
  };
}

/**
 * Answers 413 at once, but ends the exchange only when the sender has: closing before would reset the
 * connection under its hands, and it would never see the answer. An endless sender is cut off.
 */
function refuseEarly(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { 'Content-Length': 0, 'Cache-Control': 'no-store' }).flushHeaders();
  const patience = setTimeout(() => request.destroy(), 5_000);
  const end = (): void => {
    clearTimeout(patience);
    response.end();
  };
  request.once('end', end).once('close', end).resume();
}

function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

function reply(
  response: ServerResponse,
  answer: HttpAnswer,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, {
    ...(answer.contentType ? { 'Content-Type': answer.contentType } : {}),
    'Content-Length': Buffer.byteLength(answer.body),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(answer.body);
}
