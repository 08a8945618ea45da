/** One field of the provider's own form, and what belongs in it. */
export interface Entry {
  /** Below `entry` in the catalogue: the words of the provider. */
  readonly label: string;
  readonly value: string;
  readonly isSecret: boolean;
  /** It is saved, and no longer in the browser. */
  readonly isSaved: boolean;
}

export interface Filled {
  readonly url: string;
  readonly verifyToken: string;
  readonly webhookSecret: string;
  /** In which a gateway shows its secret. */
  readonly header: string;
}

/** What the editor puts in the place of a saved password. */
const saved = '__PWRD__';

/** Has Twilio come again also when we could not keep the event; behind "#" it is not part of the request. */
const again = '#rc=4&rp=5xx,ct,rt';

/** Kaleyra fills in the variables that a callback profile names. */
const incoming =
  'body mime_type media_url from name type created_at reply_to wanumber message contacts location';
const statuses = 'id status timestamp mobile phone_number error error_code ref';

/** A public URL may have been entered as the provider has it, with a query or what stands behind "#". */
function withoutFragment(url: string): string {
  return url.split('#', 1)[0]!;
}

function asking(url: string, names: string): string {
  const address = withoutFragment(url);
  const query = names.split(' ').map((name) => `${name}=<${name}>`);
  return address + (address.includes('?') ? '&' : '?') + query.join('&');
}

/** What is to be entered at the provider, in its order. */
export function entriesOf(provider: string, filled: Filled): readonly Entry[] {
  const { url, verifyToken, webhookSecret } = filled;
  const header = filled.header.trim() || 'X-Webhook-Secret';
  switch (provider) {
    case 'meta':
      return [
        plain('callbackUrl', url),
        ...secret('verifyToken', verifyToken),
        plain('webhookFields', 'messages'),
      ];
    case '360dialog':
      return [plain('webhookUrl', url), ...secretHeader('X-Webhook-Secret', webhookSecret)];
    case 'twilio':
      return ['incomingUrl', 'fallbackUrl', 'statusUrl'].map((label) =>
        plain(label, withoutFragment(url) + again),
      );
    case 'sinch':
      return [
        plain('targetUrl', url),
        ...secret('secret', webhookSecret),
        plain('triggers', 'MESSAGE_INBOUND, MESSAGE_DELIVERY, CONVERSATION_STOP'),
      ];
    case 'kaleyra':
      return [
        plain('incomingEndpoint', asking(url, incoming)),
        plain('statusEndpoint', asking(url, statuses)),
        ...secretHeader('X-Webhook-Secret', webhookSecret),
      ];
    case 'generic':
      return [plain('webhookUrl', url), ...secretHeader(header, webhookSecret)];
    default:
      return [];
  }
}

function plain(label: string, value: string): Entry {
  return { label, value, isSecret: false, isSaved: false };
}

function secret(label: string, value: string): readonly Entry[] {
  return value === '' ? [] : [{ label, value, isSecret: true, isSaved: value === saved }];
}

function secretHeader(name: string, value: string): readonly Entry[] {
  return value === '' ? [] : [plain('headerName', name), ...secret('headerValue', value)];
}

const privateHost =
  /^(?:localhost|.*\.(?:local|localhost|internal|home\.arpa)|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|0\.0\.0\.0|\[(?:::1|f[cd].*|fe[89ab].*)\]|[^.[\]]+)$/;

/** Whether a provider out in the world can reach an address, as far as the address tells. */
export function isPublic(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && !privateHost.test(url.hostname);
}
