import type { WebhookRequest } from '../../../../src/provider/provider.ts';
import {
  buildWebhook,
  type Customer,
  type Happening,
} from '../../../../src/provider/simulator/build.ts';
import { simulator } from '../../../../src/provider/simulator/simulator.ts';
import * as generic from '../../../fixtures/generic.ts';
import * as meta from '../../../fixtures/meta.ts';
import { specimen, type Subject } from '../subject.ts';
import { secrets, unknown } from './meta.ts';

const line = { accountId: meta.phoneNumberId, number: meta.businessNumber };
const zoe: Customer = { name: 'Zoë Müller 😎', phone: '+491510000103' };

function posted(body: string | Buffer): WebhookRequest {
  const bytes = Buffer.from(body);
  const headers = meta.headers(bytes);
  return { method: 'POST', url: '/whatsapp/shop', headers, body: bytes, now: generic.at };
}

const happens = (happening: Happening, customer = zoe, id = 'wamid.simulated'): WebhookRequest =>
  posted(buildWebhook({ line, customer, happening, id, timestamp: generic.at / 1000 }));

const messageId = 'wamid.reply';

export const subject: Subject = {
  provider: simulator,
  secrets,
  signs: true,
  accountId: meta.phoneNumberId,
  specimens: {
    text: specimen(happens({ kind: 'text', text: "Dov'è il mio ordine? 📦" }), 'incoming'),
    image: specimen(happens({ kind: 'image', caption: 'il guasto' }), 'incoming'),
    location: specimen(
      happens({ kind: 'location', latitude: 45.46, longitude: 9.19, name: 'Duomo', address: '' }),
      'incoming',
    ),
    button: specimen(
      happens({ kind: 'button', title: 'Sì', buttonId: 'yes', replyTo: messageId }),
      'incoming',
    ),
    echo: specimen(happens({ kind: 'echo', text: 'È partito' }), 'outgoing'),
    read: specimen(
      happens({ kind: 'status', messageId, status: 'read', reference: 'our-name' }),
      'delivery',
    ),
    failed: specimen(happens({ kind: 'status', messageId, status: 'failed' }), 'delivery'),
  },
  text: (text, name, id) => happens({ kind: 'text', text }, { ...zoe, name }, `wamid.${id}`),
  unknown: (type) => posted(unknown(type)),
};
