import type { Media } from '../event/event.ts';
import type { Person, Secrets } from './provider.ts';

/** Whom a message is for: any of the ids, the phone as digits with "+". */
export interface Recipient {
  readonly phone?: string;
  readonly userId?: string;
  /** The provider's own id of the contact, where its own JSON names it. */
  readonly providerId?: string;
  /** The id of a group. */
  readonly group?: string;
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export type OutgoingContent =
  | { readonly kind: 'text'; readonly text: string; readonly replyTo?: string }
  | {
      readonly kind: 'template';
      readonly name: string;
      readonly language: string;
      /** The values of the body's placeholders, in their order. */
      readonly parameters: readonly string[];
    }
  | {
      readonly kind: 'media';
      readonly type: MediaKind;
      readonly url: string;
      readonly caption: string;
      readonly fileName?: string;
      readonly replyTo?: string;
    }
  /** The provider's own JSON; what names the recipient and the account is filled in where it is absent. */
  | { readonly kind: 'raw'; readonly body: Readonly<Record<string, unknown>> };

export interface Outgoing {
  readonly to: Recipient;
  readonly content: OutgoingContent;
  /** Our own name for this send, passed along where the provider gives it back with its statuses. */
  readonly reference: string;
}

/** What a sender has to know of the account that it sends for. */
export interface SendingAccount {
  readonly accountId: string;
  readonly number: string;
  /** The base of the provider's interface, without a slash at its end; "" = the provider's own. */
  readonly apiUrl: string;
  readonly apiVersion: string;
  readonly secrets: Secrets;
  /** The whole URL of the webhook, where the operator has entered it. */
  readonly publicUrl: string;
}

/** A request to a provider's interface; `url` is complete. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `headers` with lower-case names. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/**
 * What can be done about a refusal. `retry`: the same again, a little later; `contact`: the same, but
 * only this contact has to wait; `fault`: never, the message itself is wrong; `window`: only a template
 * may be sent; `account`: nothing can be sent until somebody mends the account.
 */
export type Remedy = 'retry' | 'contact' | 'fault' | 'window' | 'account';

export interface Refused {
  readonly remedy: Remedy;
  /** The provider's own code. */
  readonly code: string;
  /** For a person; holds no secret. */
  readonly text: string;
}

export type SendResult =
  | {
      readonly id: string;
      readonly status: string;
      /** Whom it goes to, by the provider's own ids: a number may be dialled in more ways than one. */
      readonly reached?: Person;
    }
  /** It answered something that says neither yes nor no: the message may have gone out. */
  | { readonly unknown: string }
  | Refused;

/** A short-lived token that has to be fetched before a send. */
export interface TokenExchange {
  request(account: SendingAccount): ApiRequest;
  /** `expiresIn` in seconds. */
  read(answer: ApiAnswer): { readonly token: string; readonly expiresIn: number } | Refused;
}

export interface Rate {
  readonly perSecond: number;
  /** So many may go at once after a pause. */
  readonly burst: number;
}

/**
 * Where a media file is: asked of the provider first (`lookUp`), or at `url` at once. `hosts` are those
 * that may be given the headers with the account's token ("*.example.com" = all below it).
 */
export interface MediaSource {
  readonly lookUp?: ApiRequest;
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
}

/** How one provider sends, as pure functions that never throw. */
export interface Sender {
  /** `token` is the one of the exchange, "" where there is none. */
  build(outgoing: Outgoing, account: SendingAccount, token: string): ApiRequest | Refused;
  /**
   * Whom the provider's own JSON is for: without any id where that cannot be read; undefined where it
   * names nobody, and goes to the recipient of the message.
   */
  recipientOf(body: Readonly<Record<string, unknown>>): Recipient | undefined;
  read(answer: ApiAnswer): SendResult;
  readonly token?: TokenExchange;
  /** The limits of a fresh number; per contact where the provider has one. */
  readonly rates: { readonly account: Rate; readonly contact?: Rate };
  /** Asks who we are, which costs nothing and sends nothing; undefined = this cannot be asked. */
  check(account: SendingAccount, token: string): ApiRequest | undefined;
  /** What the answer says of the account, in words for the person who filled in the form. */
  readCheck(answer: ApiAnswer): { readonly ok: boolean; readonly text: string };
  mediaSource(media: Media, account: SendingAccount, token: string): MediaSource | undefined;
  /** The URL in the answer to `lookUp`. */
  readMediaUrl(answer: ApiAnswer, account: SendingAccount): string | undefined;
}
