import { dialog360 } from '../../../../src/provider/360dialog/360dialog.ts';
import type { Secrets, WebhookRequest } from '../../../../src/provider/provider.ts';
import * as generic from '../../../fixtures/generic.ts';
import * as kinds from '../../../fixtures/meta-kinds.ts';
import * as meta from '../../../fixtures/meta.ts';
import { specimen, type Subject } from '../subject.ts';
import { metaSpecimens, text, unknown } from './meta.ts';

const secrets: Secrets = { ...generic.secrets, apiKey: 'D360-key' };

function posted(body: Buffer): WebhookRequest {
  const secret = Buffer.from(secrets.webhookSecret).toString('latin1');
  return {
    method: 'POST',
    url: '/whatsapp/short',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
    body,
    now: generic.at,
  };
}

/** One change as 360dialog hands it to a partner. */
function wrapped(event: string, data: meta.Part): WebhookRequest {
  return posted(Buffer.from(JSON.stringify({ id: 'hub-1', event, data })));
}

const valueOf = (change: meta.Part): meta.Part => change['value'] as meta.Part;

export const subject: Subject = {
  provider: dialog360,
  secrets,
  signs: false,
  accountId: meta.phoneNumberId,
  specimens: {
    ...metaSpecimens(posted),
    'a message for a partner': specimen(
      wrapped('messages', valueOf(meta.change({ messages: [meta.message(meta.text('ciao'))] }))),
      'incoming',
    ),
    'a history for a partner': specimen(wrapped('history', kinds.history)),
    'news of the hub': specimen(wrapped('channel_running', { channel: { id: 'x' } })),
  },
  text: (words, name, id) => posted(text(words, name, id)),
  unknown: (type) => posted(unknown(type)),
};
