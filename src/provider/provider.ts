import type { Contact, Delivery, Message } from '../event/event.ts';

/** A webhook request as it came over the wire: `body` holds the very bytes, `headers` lower-case names. */
export interface WebhookRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** The two cryptographic questions an adapter asks; the receiver answers them with node:crypto. */
export interface Crypto {
  hmacSha256(secret: string, data: Uint8Array): Uint8Array;
  /** Compares in constant time; unequal lengths are unequal. */
  sameBytes(a: Uint8Array, b: Uint8Array): boolean;
}

/** What an account keeps secret for its provider; absent ones are empty strings. */
export interface Secrets {
  readonly appSecret: string;
  readonly appSecretPrevious: string;
  readonly verifyToken: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body: string;
}

interface FactBase {
  /** The provider's id of our number, by which the account is found. */
  readonly accountId: string;
  /** Unique among all facts of this account: a provider's retry has the same key. */
  readonly dedupeKey: string;
  /** The provider's own time; undefined when it was missing or not a time. */
  readonly at?: string;
  /** The provider's own object; left away where nobody wants it. */
  readonly raw?: unknown;
}

/** A message that a contact sent us, or that one of our people sent from elsewhere (an echo). */
export interface MessageFact extends FactBase {
  readonly kind: 'message';
  readonly contact: Omit<Contact, 'id'>;
  readonly message: Omit<Message, 'verb'> & { readonly verb: 'incoming' | 'outgoing' };
}

/** What became of a message that we sent. */
export interface DeliveryFact extends FactBase {
  readonly kind: 'delivery';
  readonly contact: Omit<Contact, 'id'>;
  readonly messageId: string;
  readonly delivery: Delivery;
}

export type ProviderFact = MessageFact | DeliveryFact;

/** Something in a signed request that could not be read; it goes to quarantine with this reason. */
export interface Problem {
  readonly reason: string;
}

export interface Parsed {
  readonly facts: readonly ProviderFact[];
  readonly problems: readonly Problem[];
}

/** One provider's protocol as pure functions: no input or output, no clock, never a throw. */
export interface Provider {
  readonly name: string;
  /** The content types that an event may come in. */
  readonly contentTypes: readonly string[];
  /** The answer to the provider's GET handshake, or undefined when the token is wrong or absent. */
  handshake(request: WebhookRequest, secrets: Secrets, crypto: Crypto): HttpAnswer | undefined;
  verify(request: WebhookRequest, secrets: Secrets, crypto: Crypto): boolean;
  parse(request: WebhookRequest): Parsed;
  /** What tells the provider that every event of the request is kept. */
  readonly acknowledgement: HttpAnswer;
}
