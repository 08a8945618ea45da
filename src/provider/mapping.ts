/**
 * How the `generic` provider reads a request: for each property of an event a path into the JSON or
 * form that came ("messages.0.text"). An absent path leaves the property away.
 */
export interface Mapping {
  /** Path of the array whose entries are one event each; "" = the request is one event. */
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
  /** What the provider's own words for a delivery status mean, such as {"SEEN": "read"}. */
  readonly statuses: Readonly<Record<string, string>>;
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
