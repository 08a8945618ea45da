import { STATUS_CODES } from 'node:http';
import { TriggerError } from '../errors.ts';
import type { Answer } from './answer.ts';
import { type Auth, tryHeaders } from './auth.ts';
import type { Client } from './client.ts';
import type { Outcome } from './exchange.ts';
import type { ForwardRequest } from './request.ts';

export interface AttemptContext {
  readonly client: Client;
  readonly auth: Auth;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Tries a request once, with the secrets of now. Only a 2xx answer leaves the outcome without an error. */
export async function attempt(request: ForwardRequest, context: AttemptContext): Promise<Outcome> {
  const { client, auth, now, signal } = context;
  const extra = tryHeaders(auth, request.id, request.body, now);
  const outcome = await client.send(request, extra, signal);
  if (outcome.error || !outcome.answer || isSuccess(outcome.answer)) return outcome;
  return { ...outcome, error: statusError(outcome.answer) };
}

function isSuccess({ statusCode }: Answer): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function statusError({ statusCode }: Answer): TriggerError {
  const redirect = statusCode >= 300 && statusCode < 400;
  const reason = STATUS_CODES[statusCode];
  const said = reason ? `${statusCode} ${reason}` : String(statusCode);
  const message = `The target answered ${said}${redirect ? '; redirects are not followed' : ''}.`;
  return new TriggerError('E_HTTP_STATUS', message, { details: { statusCode } });
}
