import { kaleyra } from '../../../../src/provider/kaleyra/kaleyra.ts';
import type { WebhookRequest } from '../../../../src/provider/provider.ts';
import * as fixture from '../../../fixtures/kaleyra.ts';
import { specimen, type Subject } from '../subject.ts';

const { image, incoming, status, webhookSecret } = fixture;
const secret = { 'x-webhook-secret': Buffer.from(webhookSecret).toString('latin1') };

const queried = (fields: fixture.Fields): WebhookRequest => fixture.get(fields, secret);
const posted = (fields: fixture.Fields): WebhookRequest =>
  fixture.post(fields, 'application/json', secret);
const sent = 'c9e113f0-6fc2-4bd7:0';

export const subject: Subject = {
  provider: kaleyra,
  secrets: { ...fixture.secrets, webhookSecret },
  signs: false,
  accountId: fixture.number,
  specimens: {
    'text in a query': specimen(queried(fixture.text('À bientôt 👋🏽 a+b & "sì"')), 'incoming'),
    'text in JSON': specimen(posted(fixture.text('À bientôt 👋🏽 a+b & "sì"')), 'incoming'),
    image: specimen(posted(image('il guasto')), 'incoming'),
    location: specimen(posted(fixture.location('{"latitude":45.46,"longitude":9.19}')), 'incoming'),
    delivered: specimen(posted(status(sent, 'delivered')), 'delivery'),
    read: specimen(queried(status(sent, 'read')), 'delivery'),
    failed: specimen(posted(status(sent, 'failed', { error_code: '131047' })), 'delivery'),
    queued: specimen(posted(status(sent, 'queued'))),
    'template update': specimen(posted({ event: 'APPROVED', reason: 'NONE' })),
  },
  text: (body, name, id) => posted(incoming({ body, name, from: `39${id}` })),
  unknown: (type) => posted(incoming({ type })),
};
