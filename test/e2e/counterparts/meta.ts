/** Meta, and who speaks as it does: 360dialog with another proof, the simulator without an outside. */
import * as fixture from '../../fixtures/meta.ts';
import { dialogKey, startFake360dialog } from '../../support/fake-360dialog.ts';
import type { ApiCall } from '../../support/fake-api.ts';
import { graphToken, startFakeGraph } from '../../support/fake-graph.ts';
import { type Counterpart, posted, type Told } from './counterpart.ts';

type Body = Buffer<ArrayBuffer>;

const account = { accountId: fixture.phoneNumberId, number: fixture.businessNumber };

function textBody(words: string): Body {
  return fixture.textWebhook(words);
}

function statusBody(word: Told, messageId: string, { json }: ApiCall): Body {
  const { biz_opaque_callback_data } = json;
  const status = { ...fixture.status(messageId, word), biz_opaque_callback_data };
  return fixture.webhook([fixture.change({ statuses: [status] })]);
}

function read({ json }: ApiCall) {
  return { to: json.to, text: json.text.body, replyTo: json.context.message_id };
}

const signed = (path: string, body: Body, secret?: string) =>
  posted(path, fixture.headers(body, secret), body);

export const meta: Counterpart = {
  name: 'meta',
  account: { ...account, path: 'meta' },
  credentials: {
    appSecret: fixture.appSecret,
    verifyToken: fixture.verifyToken,
    accessToken: graphToken,
  },
  text: (words) => signed('meta', textBody(words)),
  forged: (words) => signed('meta', textBody(words), 'another secret'),
  api: {
    start: startFakeGraph,
    quotes: true,
    read,
    report: (word, messageId, send) => signed('meta', statusBody(word, messageId, send)),
  },
};

const webhookSecret = 'a secret in a header';

const proven = (body: Body, secret = webhookSecret) =>
  posted('dialog', { 'content-type': 'application/json', 'x-webhook-secret': secret }, body);

export const dialog360: Counterpart = {
  name: '360dialog',
  account: { ...account, path: 'dialog' },
  credentials: { apiKey: dialogKey, webhookSecret },
  text: (words) => proven(textBody(words)),
  forged: (words) => proven(textBody(words), 'another secret'),
  api: {
    start: startFake360dialog,
    quotes: true,
    read,
    report: (word, messageId, send) => proven(statusBody(word, messageId, send)),
  },
};

/** It reports what became of a message by itself. */
export const simulator: Counterpart = {
  name: 'simulator',
  account: { ...account, path: 'simulator' },
  credentials: { appSecret: fixture.appSecret },
  text: (words) => signed('simulator', textBody(words)),
  forged: (words) => signed('simulator', textBody(words), 'another secret'),
};
