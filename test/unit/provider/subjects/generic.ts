import { generic } from '../../../../src/provider/generic/generic.ts';
import type { WebhookRequest } from '../../../../src/provider/provider.ts';
import * as fixture from '../../../fixtures/generic.ts';
import { specimen, type Subject } from '../subject.ts';

const { accountId, batch, customer, form, formMessage, message, receipt, secrets } = fixture;

const one = (part: Record<string, unknown>): WebhookRequest =>
  batch({ messages: [message({ id: `one-${JSON.stringify(part)}`, ...part })] });

export const signedJson: Subject = {
  provider: generic,
  secrets,
  setting: { mapping: fixture.mappingOf(fixture.savedMapping) },
  signs: true,
  accountId,
  specimens: {
    text: specimen(one({}), 'incoming'),
    image: specimen(
      one({
        kind: 'image',
        body: {
          files: [{ link: 'https://x/a.jpg', 'content-type': 'image/jpeg', caption: 'il guasto' }],
        },
      }),
      'incoming',
    ),
    location: specimen(one({ kind: 'location', body: { lat: 45.46, lng: '9.19' } }), 'incoming'),
    button: specimen(one({ body: { button: 'yes', title: 'Sì' } }), 'incoming'),
    echo: specimen(one({ fromMe: true }), 'outgoing'),
    receipts: specimen(
      batch({
        receipts: [
          receipt('sent'),
          receipt('SEEN'),
          receipt('BOUNCED', { error: { code: 7, text: 'away' } }),
        ],
      }),
      'delivery',
      'delivery',
      'delivery',
    ),
    'a status without a meaning': specimen(batch({ receipts: [receipt('QUEUED')] })),
    batch: specimen(
      batch({ messages: [message(), message({ id: 'msg-2' })], receipts: [receipt('read')] }),
      'incoming',
      'incoming',
      'delivery',
    ),
  },
  text: (text, name, id) => one({ id, body: { text }, customer: { ...customer, name } }),
  unknown: (kind) => one({ kind, body: { hologram: 1 } }),
};

export const formWithSecret: Subject = {
  provider: generic,
  secrets,
  setting: { mapping: fixture.mappingOf(fixture.formMapping) },
  signs: false,
  accountId: '',
  specimens: {
    text: specimen(form(formMessage), 'incoming'),
    image: specimen(
      form({ ...formMessage, media: 'https://x/a.jpg', mime: 'image/jpeg' }),
      'incoming',
    ),
    receipt: specimen(
      form({ created_at: '1795338000', from: '39333', status: 'failed', ref: 'm' }),
      'delivery',
    ),
  },
  text: (body, name, id) =>
    form({ created_at: '2026-11-22 09:00:00', from: `39${id}`, 'profile.name': name, body }),
  unknown: (type) => form({ ...formMessage, type }),
};
