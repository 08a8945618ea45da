import type { ServerResponse } from 'node:http';
import type { WhatsAppEvent } from '../../event/event.ts';

/** Events that a page which comes late still gets to see. */
const remembered = 200;
/** Bytes that may wait for a reader who does not read; then the connection ends and the page comes again. */
const patience = 1_048_576;

/** The events of simulator accounts, as server-sent events for every open page. */
export interface Feed {
  publish(event: WhatsAppEvent): void;
  /** The account of an interaction that was among the events lately. */
  accountOf(interactionId: string): string | undefined;
  /** Turns a response into a stream: first what is remembered, then what comes. */
  stream(response: ServerResponse): void;
}

/**
 * Holds neither timer nor socket of its own: a stream lives as long as its page's connection. Events
 * keep their id, so that a page that reconnects knows what it has seen.
 */
export function createFeed(): Feed {
  const recent: string[] = [];
  const accounts = new Map<string, string>();
  const readers = new Set<ServerResponse>();
  return {
    publish(event) {
      const frame = `id: ${event.id}\ndata: ${JSON.stringify({ ...event, raw: undefined })}\n\n`;
      recent.push(frame);
      if (recent.length > remembered) recent.shift();
      remember(event);
      for (const reader of readers) push(reader, frame);
    },
    accountOf: (interactionId) => accounts.get(interactionId),
    stream(response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-accel-buffering': 'no',
      });
      response.write(`: welcome\n\n${recent.join('')}`);
      readers.add(response);
      response.once('close', () => readers.delete(response));
    },
  };

  function remember({ interaction, account }: WhatsAppEvent): void {
    accounts.delete(interaction.id);
    accounts.set(interaction.id, account.id);
    const [oldest] = accounts.keys();
    if (accounts.size > remembered && oldest !== undefined) accounts.delete(oldest);
  }
}

function push(reader: ServerResponse, frame: string): void {
  if (reader.writableLength > patience) reader.destroy();
  else reader.write(frame);
}
