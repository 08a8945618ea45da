import { randomBytes } from 'node:crypto';
import { buildWebhook, type Line } from '../../provider/simulator/build.ts';
import type { SendAnswer, SendRequest } from '../protocol.ts';
import { postSigned } from './post-signed.ts';
import { type Listening, receiverAddress } from './receiver-address.ts';

export interface SimulatorAccount {
  readonly line: Line;
  /** The last part of the webhook's path. */
  readonly path: string;
  readonly appSecret: string;
}

/** Plays the provider: builds the webhook, signs it and posts it to our own receiver. */
export async function simulate(
  request: SendRequest,
  account: SimulatorAccount,
  listening: Listening,
): Promise<SendAnswer> {
  const id = request.id ?? `wamid.${randomBytes(24).toString('base64url')}`;
  const timestamp = request.timestamp ?? Math.floor(Date.now() / 1000);
  const { customer, happening, dryRun } = request;
  const { line } = account;
  const body = buildWebhook({ line, customer, happening, id, timestamp, dryRun });
  const url = receiverAddress(listening, account.path);
  return { id, timestamp, ...(await postSigned(url, body, account.appSecret)) };
}
