import type { AddressInfo } from 'node:net';
import { TriggerError } from '../../errors.ts';

export interface Listening {
  /** What `server.address()` answers. */
  readonly address: AddressInfo | string | null;
  readonly secure: boolean;
  /** Where HTTP nodes live (the setting httpNodeRoot), or false when there are none. */
  readonly webhookRoot: string | false;
}

/** The webhook of an account as this very machine reaches it: our own receiver, and nothing else. */
export function receiverAddress(listening: Listening, path: string): URL {
  const { address, webhookRoot } = listening;
  if (webhookRoot === false) {
    throw new TriggerError('E_CONFIG', 'The setting httpNodeRoot is false: there is no webhook.');
  }
  if (typeof address !== 'object' || address === null) {
    throw new TriggerError('E_CONFIG', 'Node-RED does not listen on a TCP port.');
  }
  const root = webhookRoot.replace(/^\/*/, '/').replace(/\/*$/, '/');
  const origin = `${listening.secure ? 'https' : 'http'}://${ownHost(address)}:${address.port}`;
  return new URL(`${root}whatsapp/${encodeURIComponent(path)}`, origin);
}

/** A server that listens on every interface is reached by the loopback of the same family. */
function ownHost({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return family === 'IPv6' ? `[${address}]` : address;
}
