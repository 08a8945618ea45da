import { meta as provider } from '../../../../src/provider/meta/meta.ts';
import type { Secrets, WebhookRequest } from '../../../../src/provider/provider.ts';
import * as generic from '../../../fixtures/generic.ts';
import * as kinds from '../../../fixtures/meta-kinds.ts';
import * as meta from '../../../fixtures/meta.ts';
import { type Gist, type Specimen, specimen, type Subject } from '../subject.ts';

export const secrets: Secrets = {
  ...generic.secrets,
  webhookSecret: '',
  appSecret: meta.appSecret,
  verifyToken: meta.verifyToken,
};

type Body = Buffer<ArrayBuffer>;

function posted(body: Body): WebhookRequest {
  const headers = meta.headers(body);
  return { method: 'POST', url: '/whatsapp/meta', headers, body, now: generic.at };
}

/** What the kinds of the fixtures are read as, where it is not one incoming message. */
const gists: Readonly<Record<string, readonly Gist[]>> = {
  'changed number': ['identity'],
  'changed user id': ['identity'],
  'changed identity key': [],
  echo: ['outgoing'],
  'edited echo': ['outgoing'],
  'revoked echo': ['outgoing'],
  sent: ['delivery'],
  'delivered and read': ['delivery', 'delivery'],
  played: ['delivery'],
  failed: ['delivery'],
  'unknown status': [],
  'status in a group': ['delivery'],
  'incoming call': ['call'],
  'accepted call': ['call'],
  'user id update': ['identity'],
  error: [],
  history: [],
  'history refused': [],
  standby: [],
  'contacts of the app': [],
  'template update': [],
  'account update': [],
  'a field of tomorrow': [],
};

/** Each of Meta's kinds; the batch of all of them is the sum of the others. */
export function metaSpecimens(wrap: (body: Body) => WebhookRequest): Record<string, Specimen> {
  const single = kinds.fixtures.filter(({ name }) => name !== 'everything at once');
  return Object.fromEntries(
    single.map(({ name, body }) => [
      name,
      specimen(wrap(body), ...(gists[name] ?? ['incoming' as const])),
    ]),
  );
}

export const text = (words: string, name: string, id: string): Body =>
  meta.textWebhook(words, { ...meta.giulia, name }, `wamid.${id}`);

export const unknown = (type: string): Body =>
  meta.webhook([meta.change({ messages: [meta.message({ type, [type]: { depth: 3 } })] })]);

export const subject: Subject = {
  provider,
  secrets,
  signs: true,
  accountId: meta.phoneNumberId,
  specimens: metaSpecimens(posted),
  text: (words, name, id) => posted(text(words, name, id)),
  unknown: (type) => posted(unknown(type)),
};
