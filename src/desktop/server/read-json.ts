import type { IncomingMessage } from 'node:http';
import { HttpFault } from './http-fault.ts';

const usualBytes = 16 * 1024;

/** A form of another site cannot have this type, and a script of one must ask first, which nobody answers. */
export function assertJson(request: IncomingMessage): void {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new HttpFault(415, 'JSON is expected.');
}

/**
 * The JSON body of a request. With the editor at "/" its parsers have had the body before us, and what
 * they made of it is in `body`.
 */
export async function readJson(
  request: IncomingMessage & { body?: unknown },
  mostBytes = usualBytes,
): Promise<unknown> {
  assertJson(request);
  if (request.readableDidRead) return request.body;
  const text = await readText(request, mostBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpFault(400, 'The body is not JSON.');
  }
}

async function readText(request: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new HttpFault(413, 'The body is too big.', { Connection: 'close' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
