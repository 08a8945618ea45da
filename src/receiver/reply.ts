import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAnswer } from '../provider/provider.ts';

export const empty = (status: number): HttpAnswer => ({ status, body: '' });

export function reply(
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

/**
 * Answers 413 at once, but ends the exchange only when the sender has: closing before would reset the
 * connection under its hands, and it would never see the answer. An endless sender is cut off.
 */
export function refuseEarly(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { 'Content-Length': 0, 'Cache-Control': 'no-store' }).flushHeaders();
  const patience = setTimeout(() => request.destroy(), 5_000);
  const end = (): void => {
    clearTimeout(patience);
    response.end();
  };
  request.once('end', end).once('close', end).resume();
}
