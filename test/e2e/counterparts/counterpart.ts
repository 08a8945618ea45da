import type { DeliveryStatus } from '../../../src/event/event.ts';
import type { WebhookRequest } from '../../../src/provider/provider.ts';
import type { ApiCall, FakeApi } from '../../support/fake-api.ts';

/** A provider from the other end of the wire: what it posts to us, and what it gets from us. */
export interface Counterpart {
  /** The provider's name in the contract, and the name of its account in the flow. */
  readonly name: string;
  readonly account: Readonly<Record<string, unknown>>;
  readonly credentials: Readonly<Record<string, string>>;
  /** A text of Giulia, as it comes over the wire now. */
  text(words: string): WebhookRequest;
  /** The same, with a proof that is not the account's. */
  forged(words: string): WebhookRequest;
  /** What becomes of a message, where the interface of it is not `api`. */
  report?(status: Told, messageId: string): WebhookRequest;
  /** Its interface; a simulator has it within, a gateway that is only received from has none. */
  readonly api?: Api;
}

/** What every provider tells of a message that all went well with. */
export type Told = Extract<DeliveryStatus, 'sent' | 'delivered' | 'read'>;

export interface Api {
  start(): Promise<FakeApi>;
  /** Whether an answer can quote what it answers. */
  readonly quotes?: true;
  read(call: ApiCall): SentText;
  /** The status callback of a send. */
  report(status: Told, messageId: string, send: ApiCall): WebhookRequest;
}

/** A text as the provider's interface got it. */
export interface SentText {
  /** The phone as digits with "+". */
  readonly to: string;
  readonly text: string;
  readonly replyTo?: string;
}

/** A request as it is posted to a path below Node-RED's webhooks. */
export function posted(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): WebhookRequest {
  return { method: 'POST', url: `/whatsapp/${path}`, headers, body, now: Date.now() };
}

/** Sends a provider's request to a running Node-RED, as a proxy in front of it would. */
export function deliver(root: string, request: WebhookRequest): Promise<Response> {
  const { method, url, headers, body } = request;
  const { host: _, ...rest } = headers;
  const sent = Object.entries(rest).filter((entry): entry is [string, string] => !!entry[1]);
  const content = body.length === 0 ? {} : { body: new Uint8Array(body) };
  return fetch(root + url, { method, headers: sent, ...content });
}
