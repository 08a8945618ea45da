import type { DeliveryStatus } from '../event/event.ts';

/**
 * How the `generic` provider reads a request: for each property of an event a path into the JSON or
 * form that came ("messages[0].text"; "$.to" from the request's root; "from | recipient": the first
 * of them that has a value). An absent path leaves the property away.
 */
export interface Mapping {
  /**
   * Path of the array whose entries are one event each, "*" for every entry on the way; of several with
   * "|" all count. "" = the request is one event.
   */
  readonly each: string;
  /** How a request shows that it is genuine, with the webhook secret. */
  readonly proof:
    | { readonly kind: 'header'; readonly name: string }
    | {
        readonly kind: 'hmac';
        readonly header: string;
        readonly hash: 'sha1' | 'sha256';
        readonly encoding: 'hex' | 'base64';
        /** What stands before the signature in the header, such as "sha256=". */
        readonly prefix: string;
      };
  readonly paths: Readonly<Partial<Record<MappedProperty, string>>>;
  /**
   * What the provider's own words for a delivery status mean, such as {"SEEN": "read"}; "" = no status
   * at all. Our own five words need no entry.
   */
  readonly statuses: Readonly<Record<string, DeliveryStatus | ''>>;
  /** The values of the path `direction` that mean an outgoing message. */
  readonly outgoing: readonly string[];
}

export const mappedProperties = [
  'id',
  'at',
  'direction',
  'phone',
  'userId',
  'username',
  'name',
  'account',
  'type',
  'text',
  'mediaUrl',
  'mediaId',
  'mimeType',
  'fileName',
  'caption',
  'replyTo',
  'buttonId',
  'latitude',
  'longitude',
  'status',
  'messageId',
  'errorCode',
  'errorText',
] as const;

export type MappedProperty = (typeof mappedProperties)[number];
