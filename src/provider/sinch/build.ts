import { encodeUrl } from '../../template/encode.ts';
import { phone as numberOf } from '../phone.ts';
import { compact, filled, type Json, object, objects } from '../read.ts';
import type {
  ApiRequest,
  Outgoing,
  OutgoingContent,
  Recipient,
  Refused,
  SendingAccount,
} from '../sender.ts';

/** Where the project's interface is; an app is reachable in its own region only. */
export function base({ apiUrl, apiVersion, secrets }: SendingAccount): string {
  const host = apiUrl || 'https://us.conversation.api.sinch.com';
  return `${host}/${apiVersion || 'v1'}/projects/${encodeUrl(secrets.projectId)}`;
}

/** `POST messages:send` (Sinch: Conversation API, messages). */
export function build(
  { to, content, reference }: Outgoing,
  account: SendingAccount,
  token: string,
): ApiRequest | Refused {
  if (account.secrets.projectId === '') {
    return { remedy: 'account', code: 'project', text: 'The project ID is missing.' };
  }
  const rest = content.kind === 'raw' ? content.body : { message: messageOf(content) };
  const identity = identityOf(to);
  if (identity === undefined && !('recipient' in rest)) {
    return { remedy: 'fault', code: 'recipient', text: 'The recipient has no number and no id.' };
  }
  const frame = {
    app_id: account.accountId,
    recipient: {
      identified_by: { channel_identities: [{ channel: 'WHATSAPP', identity }] },
    },
    // Without it an app with several channels could answer a WhatsApp contact by SMS.
    channel_priority_order: ['WHATSAPP'],
    message_metadata: reference,
  };
  return {
    method: 'POST',
    url: `${base(account)}/messages:send`,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...frame, ...rest }),
  };
}

/** A contact of Sinch's, or whoever has an identity: several of one are those of several channels. */
export function recipientOf(body: Json): Recipient | undefined {
  if (!('recipient' in body)) return undefined;
  const recipient = object(body['recipient']);
  const providerId = filled(recipient?.['contact_id']);
  if (providerId !== undefined) return { providerId };
  const identities = objects(object(recipient?.['identified_by'])?.['channel_identities']);
  const own = identities.find(({ channel }) => channel === 'WHATSAPP') ?? identities[0];
  const identity = filled(own?.['identity']);
  const phone = numberOf(identity);
  return compact(phone === undefined ? { userId: identity } : { phone });
}

/** Numbers without "+", as the callbacks have them: with it Sinch would keep the contact twice. */
function identityOf({ phone, userId }: Recipient): string | undefined {
  return phone?.replace(/^\+/, '') || userId || undefined;
}

function messageOf(content: Exclude<OutgoingContent, { readonly kind: 'raw' }>): Json {
  switch (content.kind) {
    case 'text':
      return { text_message: { text: content.text } };
    case 'template':
      return { template_message: { channel_template: { WHATSAPP: templateOf(content) } } };
    case 'media':
      return mediaOf(content);
  }
}

/** `template_id` is the template's name; parameters are counted from 1. */
function templateOf(content: Extract<OutgoingContent, { readonly kind: 'template' }>): Json {
  const parameters = Object.fromEntries(
    content.parameters.map((value, i) => [`body[${i + 1}]text`, value]),
  );
  return { template_id: content.name, language_code: content.language, parameters };
}

/** Only a card carries a caption; WhatsApp shows one without buttons as the file with its caption. */
function mediaOf(content: Extract<OutgoingContent, { readonly kind: 'media' }>): Json {
  const file = compact({ url: content.url, filename_override: content.fileName });
  const hasCaption = content.caption !== '' && !['audio', 'sticker'].includes(content.type);
  return hasCaption
    ? { card_message: { title: content.caption, media_message: file } }
    : { media_message: file };
}
