import { hash } from 'node:crypto';
import { eventKey } from '../script/event-key.ts';
import type { OutgoingContent, Recipient } from '../provider/sender.ts';

export interface SendIds {
  /**
   * The id of a send, by which an event that comes again finds what was sent for it: the same for the
   * same message. A flow may send several for one event; they are told apart by what they say, and
   * after a restart by their order.
   */
  of(event: EventRef, to: Recipient, content: OutgoingContent): string;
}

export interface EventRef {
  readonly id: string;
  readonly redelivered: boolean;
}

const mostEvents = 2_000;

export function createSendIds(nodeId: string): SendIds {
  const byEvent = new Map<string, string[]>();

  return {
    of({ id, redelivered }, to, content) {
      // What comes again is counted from the start again.
      const name = `${id} ${redelivered}`;
      const said = byEvent.get(name) ?? [];
      if (said.length === 0) byEvent.set(name, said);
      const [oldest] = byEvent.keys();
      if (byEvent.size > mostEvents && oldest !== undefined) byEvent.delete(oldest);
      const digest = hash('sha1', JSON.stringify([to, content]));
      if (!said.includes(digest)) said.push(digest);
      const place = said.indexOf(digest);
      return eventKey(place === 0 ? id : `${id}#${place}`, nodeId);
    },
  };
}
