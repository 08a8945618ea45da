import type { Readable } from 'node:stream';

const kept = 64 * 1024;

/**
 * Keeps the first 64 KiB of a stream and lets the rest go by, so that its writer is never held up.
 * `seen` is told the size of every chunk. Answers what is kept, as text that ends with a whole character.
 */
export function keepHead(stream: Readable | null, seen: (bytes: number) => void): () => string {
  const chunks: Buffer[] = [];
  let room = kept;
  stream?.on('data', (chunk: Buffer) => {
    seen(chunk.length);
    if (room === 0) return;
    const head = chunk.subarray(0, room);
    room -= head.length;
    chunks.push(head);
  });
  return () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return decoder.decode(Buffer.concat(chunks), { stream: room === 0 });
  };
}
