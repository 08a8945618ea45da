import type { IncomingMessage } from 'node:http';

/** Meta's largest body is 3 MB. */
export const bodyLimit = 4 * 1024 * 1024;

/** A body that trickles in for longer than this is given up. */
const deadlineMs = 10_000;

export type Body =
  | { readonly bytes: Buffer }
  | { readonly refused: 'too large' | 'too slow' | 'aborted' | 'already read' };

/** The bytes of a request, counted while they stream in; never rejects. */
export function readBody(request: IncomingMessage): Promise<Body> {
  if (request.readableDidRead || request.readableEnded) {
    return Promise.resolve({ refused: 'already read' });
  }
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) {
    return Promise.resolve({ refused: 'too large' });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (body: Body): void => {
      clearTimeout(deadline);
      request.off('data', take).off('end', end).off('close', close).off('error', close);
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > bodyLimit) settle({ refused: 'too large' });
      else chunks.push(chunk);
    };
    const end = (): void =>
      settle({ bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
    const close = (): void => settle({ refused: 'aborted' });
    const deadline = setTimeout(() => settle({ refused: 'too slow' }), deadlineMs);
    request.on('data', take).on('end', end).on('close', close).on('error', close);
  });
}
