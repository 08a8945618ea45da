import { Readable } from 'node:stream';

/** Of the first and the last byte. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The part that a Range header asks for; undefined = all of it, also where the header means something
 * else or several parts; "beyond" = the file has no such part. Some browsers play nothing without it.
 */
export function rangeOf(
  header: string | undefined,
  size: number,
): ByteRange | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < from) return undefined;
  return from < size && from <= to ? { from, to } : 'beyond';
}

/** The stream ends with its part, whoever stops first. */
export function partOf(stream: Readable, range: ByteRange): Readable {
  const part = Readable.from(bytesOf(stream, range), { objectMode: false });
  part.once('close', () => stream.destroy());
  return part;
}

async function* bytesOf(stream: Readable, { from, to }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
    at += chunk.length;
    if (piece.length > 0) yield piece;
    if (at > to) return;
  }
}
