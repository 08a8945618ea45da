import { hash } from 'node:crypto';
import { nameOf } from '../provider/recipient.ts';
import type { OutgoingContent, Recipient } from '../provider/sender.ts';
import { eventKey } from '../script/event-key.ts';
import type { SendStore } from '../store/sends.ts';

export interface SendIds {
  /**
   * The id of a send, by which an event that comes again finds what was sent for it: the same for the
   * same message to the same contact. A flow may send several for one event, each has its own.
   */
  of(cause: Cause, to: Recipient, content: OutgoingContent, store: EarlierSends): Promise<string>;
}

/** Why a node sends. */
export interface Cause {
  readonly event: { readonly id: string; readonly redelivered: boolean };
  /** What the branches of a flow share: an event that comes again has another one. */
  readonly run: string;
}

export type EarlierSends = Pick<SendStore, 'sendsUnder'>;

/** Of so many runs at the same time is known what they have found again. */
const mostRuns = 2_000;

/** Together 64 hexadecimal digits, which every provider takes as a reference. */
const causeDigits = 40;
const contentDigits = 24;

export function createSendIds(nodeId: string): SendIds {
  const foundBy = new Map<string, Map<string, string>>();

  /** Which earlier send each message of a run stands for. */
  function foundIn(run: string): Map<string, string> {
    const found = foundBy.get(run) ?? new Map<string, string>();
    foundBy.delete(run);
    foundBy.set(run, found);
    const [oldest] = foundBy.keys();
    if (foundBy.size > mostRuns && oldest !== undefined) foundBy.delete(oldest);
    return found;
  }

  /**
   * What is said may have changed, where a clock is in it: then it stands for the first send to this
   * contact that nothing else in this run stands for. Rather is one lost than sent twice.
   */
  function again(run: string, own: string, to: Recipient, earlier: Earlier): string {
    const found = foundIn(run);
    const known = found.get(own);
    if (known !== undefined) return known;
    const taken = new Set(found.values());
    const isLeft = (send: Earlier[number]): boolean =>
      send.state !== 'failed' && !taken.has(send.id) && nameOf(send.to) === nameOf(to);
    const id = earlier.some((send) => send.id === own) ? own : (earlier.find(isLeft)?.id ?? own);
    found.set(own, id);
    return id;
  }

  return {
    async of({ event, run }, to, content, store) {
      const prefix = eventKey(event.id, nodeId).slice(0, causeDigits);
      const digest = hash('sha256', JSON.stringify([to, content])).slice(0, contentDigits);
      const own = prefix + digest;
      if (!event.redelivered) return own;
      return again(`${run} ${event.id}`, own, to, await store.sendsUnder(prefix));
    },
  };
}

type Earlier = Awaited<ReturnType<EarlierSends['sendsUnder']>>;
