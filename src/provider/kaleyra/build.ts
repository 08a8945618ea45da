import { encodeUrl } from '../../template/encode.ts';
import { phone } from '../phone.ts';
import { compact, filled, type Json } from '../read.ts';
import type {
  ApiRequest,
  Outgoing,
  OutgoingContent,
  Recipient,
  Refused,
  SendingAccount,
} from '../sender.ts';

type Form = Readonly<Record<string, string>>;

export function messagesUrl({ apiUrl, apiVersion, secrets }: SendingAccount): string {
  const host = apiUrl || 'https://api.kaleyra.io';
  return `${host}/${apiVersion || 'v1'}/${encodeUrl(secrets.accountSid)}/messages`;
}

/** `POST messages` with a form (Kaleyra: "Send a Text / Template / Media Message through WhatsApp"). */
export function build(
  { to, content, reference }: Outgoing,
  account: SendingAccount,
): ApiRequest | Refused {
  const { accountSid, apiKey } = account.secrets;
  if (accountSid === '' || apiKey === '') {
    return { remedy: 'account', code: 'key', text: 'The SID or the API key is missing.' };
  }
  if (to.phone === undefined && content.kind !== 'raw') {
    return { remedy: 'fault', code: 'recipient', text: 'Kaleyra sends to phone numbers only.' };
  }
  const frame: Form = {
    ...(to.phone === undefined ? {} : { to: to.phone }),
    from: phone(account.number) ?? account.accountId,
    channel: 'whatsapp',
    ref: reference,
    ...callback(account),
  };
  const form = new URLSearchParams({ ...frame, ...formOf(content) });
  return {
    method: 'POST',
    url: messagesUrl(account),
    headers: { 'api-key': apiKey, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}

export function recipientOf(body: Json): Recipient | undefined {
  return 'to' in body ? compact({ phone: phone(filled(body['to'])) }) : undefined;
}

/** A callback asked for with the send carries no header: with a secret only the profile's may come. */
function callback({ publicUrl, secrets }: SendingAccount): Form {
  return publicUrl === '' || secrets.webhookSecret !== '' ? {} : { callback_url: publicUrl };
}

function formOf(content: OutgoingContent): Form {
  switch (content.kind) {
    case 'text':
      return { type: 'text', body: content.text };
    case 'template':
      return {
        type: 'template',
        template_name: content.name,
        lang_code: content.language,
        ...(content.parameters.length === 0 ? {} : { params: quoted(content.parameters) }),
      };
    case 'media':
      return {
        type: 'media',
        media_url: content.url,
        ...(content.caption === '' ? {} : { caption: content.caption }),
      };
    case 'raw':
      return flat(content.body);
  }
}

/** `"first","second"`: a comma inside of a value must not part it. */
function quoted(parameters: readonly string[]): string {
  return parameters.map((value) => JSON.stringify(value)).join(',');
}

function flat(body: Json): Form {
  const texts = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
  ]);
  return Object.fromEntries(texts);
}
