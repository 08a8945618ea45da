import type { Contact, Delivery, Message } from '../event/event.ts';
import type { Mapping } from './mapping.ts';
import type { Sender } from './sender.ts';

/** A webhook request as it came over the wire: `body` holds the very bytes, `headers` lower-case names. */
export interface WebhookRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** The whole URL that the provider was given, where the operator has entered it; Twilio signs it. */
  readonly publicUrl?: string;
  /** When it was received, in milliseconds since 1970. */
  readonly now: number;
}

/** The cryptographic questions an adapter asks; the receiver answers them with node:crypto. */
export interface Crypto {
  hmac(hash: 'sha1' | 'sha256', secret: string, data: Uint8Array): Uint8Array;
  sha256(data: Uint8Array): Uint8Array;
  /** Compares in constant time; unequal lengths are unequal. */
  sameBytes(a: Uint8Array, b: Uint8Array): boolean;
}

export const secretNames = [
  'appSecret',
  'appSecretPrevious',
  'verifyToken',
  'accessToken',
  'accountSid',
  'authToken',
  'apiKey',
  'webhookSecret',
  'projectId',
  'keyId',
  'keySecret',
] as const;

/** What an account keeps secret for its provider; absent ones are empty strings. */
export type Secrets = Readonly<Record<(typeof secretNames)[number], string>>;

export interface HttpAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body: string;
}

interface FactBase {
  /**
   * The provider's id of our number, by which the account is found; "" where the request does not say:
   * the account of its path then, if that has only one.
   */
  readonly accountId: string;
  /** Unique among all facts of this account: a provider's retry has the same key. */
  readonly dedupeKey: string;
  /** The provider's own time; undefined when it was missing or not a time. */
  readonly at?: string;
  /** Of a dry run: only the simulator says so. */
  readonly dryRun?: true;
  /** The provider's own object; left away where nobody wants it. */
  readonly raw?: unknown;
}

/** The ids that a provider knows a contact by, and what it tells about them. */
export interface Person extends Omit<Contact, 'id'> {
  /** The contact's user id in the portfolio above ours, where a provider has both. */
  readonly parentUserId?: string;
  /**
   * The provider's own id of the contact, where an event may name them by it alone (Sinch): an alias
   * beside the others, told in no event.
   */
  readonly providerId?: string;
}

/** A message that a contact sent us, or that one of our people sent (an echo, or our own send). */
export interface MessageFact extends FactBase {
  readonly kind: 'message';
  readonly contact: Person;
  readonly message: Omit<Message, 'verb'> & { readonly verb: 'incoming' | 'outgoing' };
}

/** What became of a message that we sent. */
export interface DeliveryFact extends FactBase {
  readonly kind: 'delivery';
  readonly contact: Person;
  readonly messageId: string;
  readonly delivery: Delivery;
  /** Our own name for the send, where the provider gives it back (`Outgoing.reference`). */
  readonly reference?: string;
}

/** A contact goes by other ids from now on. Opens nothing and makes no event. */
export interface IdentityFact extends FactBase {
  readonly kind: 'identity';
  readonly previous: Person;
  readonly contact: Person;
}

/** A call: opens no interaction, but the contact may be written to for another 24 hours. */
export interface CallFact extends FactBase {
  readonly kind: 'call';
  readonly contact: Person;
}

/** The provider itself has ended a conversation; counts where the account asks for it. */
export interface EndFact extends FactBase {
  readonly kind: 'end';
  readonly contact: Person;
}

export type ProviderFact = MessageFact | DeliveryFact | IdentityFact | CallFact | EndFact;

/** Something in a signed request that could not be read; it goes to quarantine with this reason. */
export interface Problem {
  readonly reason: string;
}

/**
 * Something that a flow is not told, but an operator may want to see: history, standby, an update of
 * the account, a kind that is not known. `about` is the provider's own word for it.
 */
export interface Notice {
  readonly accountId?: string;
  readonly about: string;
  readonly text: string;
}

export interface Parsed {
  readonly facts: readonly ProviderFact[];
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

/** What an adapter may have to know of its account beside the secrets: the same for all of one path. */
export interface ParseSetting {
  readonly mapping?: Mapping;
}

/** One provider's protocol as pure functions: no input or output, no clock, never a throw. */
export interface Provider {
  readonly name: string;
  /** The content types that an event may come in. */
  readonly contentTypes: readonly string[];
  /** Whether an event may come as a GET, all of it in the query. */
  readonly takesGet?: boolean;
  /** The account's id as the facts name it, of how a person may have typed it; absent = exactly so. */
  accountIdOf?(typed: string): string;
  /** Why an account with these secrets and this webhook path cannot be served; undefined = it can. */
  refusal(secrets: Secrets, path: string, setting?: ParseSetting): string | undefined;
  /** The answer to the provider's GET handshake, or undefined when there is none or it is wrong. */
  handshake(request: WebhookRequest, secrets: Secrets, crypto: Crypto): HttpAnswer | undefined;
  verify(
    request: WebhookRequest,
    secrets: Secrets,
    crypto: Crypto,
    setting?: ParseSetting,
  ): boolean;
  parse(request: WebhookRequest, setting: ParseSetting): Parsed;
  /** What tells the provider that every event of the request is kept. */
  readonly acknowledgement: HttpAnswer;
  /** How it sends; absent where it cannot. */
  readonly sender?: Sender;
}
