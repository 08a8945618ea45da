import type { Node } from 'node-red';
import type { Media } from '../../src/event/event.ts';
import { fetchMedia, type MediaFile, type MediaOptions } from '../../src/send/fetch-media.ts';
import type { LiveAccount } from '../shared/house.ts';

/** What any node finds at the account of an event: `RED.nodes.getNode(msg.payload.account.id)`. */
export interface MediaAccount {
  /** The file of an entry of `msg.payload.message.media`. */
  fetchMedia(media: Media, options?: MediaOptions): Promise<MediaFile>;
}

/** Lets nodes fetch files through the account without ever seeing its token. Ends with the node. */
export function offerMedia(node: Node, account: LiveAccount): void {
  const life = new AbortController();
  const offer: MediaAccount = {
    fetchMedia(media, { signal, ...options } = {}) {
      const signals = signal ? [life.signal, signal] : [life.signal];
      return fetchMedia(account, media, { ...options, signal: AbortSignal.any(signals) });
    },
  };
  Object.assign(node, offer);
  node.on('close', () => life.abort(new Error('The account was stopped.')));
}
