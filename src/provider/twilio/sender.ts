import type { Media } from '../../event/event.ts';
import { encodeUrl } from '../../template/encode.ts';
import { basic } from '../base64.ts';
import { compact, filled, type Json, object } from '../read.ts';
import type {
  ApiRequest,
  MediaSource,
  Outgoing,
  Recipient,
  Refused,
  Sender,
  SendingAccount,
} from '../sender.ts';
import { personAt, senderAddress, whatsAppAddress } from './address.ts';
import { readAnswer, readCheck } from './answer.ts';
import { explain } from './error-codes.ts';
import { callbackParameters } from './parse.ts';

type Fields = readonly (readonly [string, string])[];

/** Twilio sends 80 a second for a fresh sender; WhatsApp takes one to a contact every six seconds. */
const rates = {
  account: { perSecond: 80, burst: 80 },
  contact: { perSecond: 1 / 6, burst: 45 },
} as const;

export const sender: Sender = {
  build,
  recipientOf,
  read: readAnswer,
  rates,
  check,
  readCheck,
  mediaSource,
  readMediaUrl: () => undefined,
};

function build(
  { to, content, reference }: Outgoing,
  account: SendingAccount,
): ApiRequest | Refused {
  if (!hasCredentials(account)) return refused('account', '20003');
  const address = addressOf(to);
  if (address === undefined) {
    return { remedy: 'fault', code: '21604', text: 'The message has no recipient.' };
  }
  const own = contentFields(content);
  if ('remedy' in own) return own;
  const names = new Set(own.map(([name]) => name));
  const others = commonFields(account, address, reference).filter(
    ([name]) => !names.has(name) && !(name === 'From' && names.has('MessagingServiceSid')),
  );
  return {
    method: 'POST',
    url: `${accountUrl(account)}/Messages.json`,
    headers: {
      ...headersFor(account),
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: new URLSearchParams([...others, ...own].map(([name, value]) => [name, value])).toString(),
  };
}

function recipientOf(body: Json): Recipient | undefined {
  if (!('To' in body)) return undefined;
  const to = filled(body['To'])?.trim();
  const { phone, userId } = personAt(whatsAppAddress(to) ?? to);
  return compact({ phone, userId });
}

function check(account: SendingAccount): ApiRequest | undefined {
  if (!hasCredentials(account)) return undefined;
  const url = `${accountUrl(account)}.json`;
  return { method: 'GET', url, headers: headersFor(account), body: '' };
}

/** Twilio's interface, which sends on to a store of files that needs and gets no password. */
function mediaSource({ url = '' }: Media, account: SendingAccount): MediaSource | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { apiUrl } = account;
  const own = URL.canParse(apiUrl) ? [new URL(apiUrl).host] : [];
  const headers = hasCredentials(account) ? authorization(account) : {};
  return { url, headers, hosts: ['*.twilio.com', ...own] };
}

/** Twilio has no way to send a reply to a message: `replyTo` is left away. */
function contentFields(content: Outgoing['content']): Fields | Refused {
  switch (content.kind) {
    case 'text':
      return [['Body', content.text]];
    case 'template': {
      if (!/^HX[0-9a-f]{32}$/i.test(content.name)) {
        const text = 'At Twilio a template is named by its Content SID: "HX" and 32 more signs.';
        return { remedy: 'fault', code: '21655', text };
      }
      const values = content.parameters.map((value, i) => [String(i + 1), value] as const);
      const variables = JSON.stringify(Object.fromEntries(values));
      return [
        ['ContentSid', content.name],
        ...only('ContentVariables', variables, values.length > 0),
      ];
    }
    case 'media':
      return [['MediaUrl', content.url], ...only('Body', content.caption, content.caption !== '')];
    case 'raw':
      return Object.entries(content.body).flatMap(([name, value]) => rawFields(name, value));
  }
}

function only(name: string, value: string, wanted: boolean): Fields {
  return wanted ? [[name, value]] : [];
}

/** Twilio takes forms: a list is a repeated field, an object (ContentVariables) is JSON in a field. */
function rawFields(name: string, value: unknown): Fields {
  if (Array.isArray(value)) return value.flatMap((entry) => rawFields(name, entry));
  if (object(value)) return [[name, JSON.stringify(value)]];
  return ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)]] : [];
}

function commonFields(account: SendingAccount, to: string, reference: string): Fields {
  const from = senderAddress(account.accountId || account.number);
  const publicUrl = account.publicUrl.trim();
  return [
    ['From', from],
    ['To', to],
    ...only('StatusCallback', statusCallback(publicUrl, reference, from), publicUrl !== ''),
  ];
}

/**
 * The webhook itself, with our name for the send and our number; a fragment holds Twilio's settings for
 * the call. The number stands without "whatsapp:+", so that nothing on the way respells the signed URL.
 */
function statusCallback(publicUrl: string, reference: string, from: string): string {
  const [address = '', ...fragment] = publicUrl.split('#');
  const mark = address.includes('?') ? '&' : '?';
  const number = from.replace(/^whatsapp:\+?/, '');
  const query = `${callbackParameters.reference}=${encodeUrl(reference)}&${callbackParameters.sender}=${encodeUrl(number)}`;
  return [address + mark + query, ...fragment].join('#');
}

function addressOf({ phone, userId }: Recipient): string | undefined {
  const id = phone || userId;
  return id ? `whatsapp:${id}` : undefined;
}

function accountUrl({ apiUrl, apiVersion, secrets }: SendingAccount): string {
  const version = /^\d{4}-\d\d-\d\d$/.test(apiVersion) ? apiVersion : '2010-04-01';
  const sid = encodeUrl(secrets.accountSid);
  return `${apiUrl || 'https://api.twilio.com'}/${version}/Accounts/${sid}`;
}

function hasCredentials({ secrets }: SendingAccount): boolean {
  return secrets.accountSid !== '' && secrets.authToken !== '';
}

function headersFor(account: SendingAccount): Record<string, string> {
  return { Accept: 'application/json', ...authorization(account) };
}

function authorization({ secrets }: SendingAccount): Record<string, string> {
  return { Authorization: basic(secrets.accountSid, secrets.authToken) };
}

function refused(remedy: Refused['remedy'], code: string): Refused {
  return { remedy, code, text: explain(code) ?? '' };
}
