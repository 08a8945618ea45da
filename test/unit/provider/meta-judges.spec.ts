/**
 * Two parsers and senders of others over our own fixtures. Where they differ from us, they are listed
 * with the reason; any other difference is a failure.
 */
import assert from 'node:assert/strict';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { WhatsAppAPI } from 'whatsapp-api-js';
import { Image, Text } from 'whatsapp-api-js/messages';
import type { PostData } from 'whatsapp-api-js/types';
import { phone } from '../../../src/provider/phone.ts';
import { sender } from '../../../src/provider/meta/sender.ts';
import type { ProviderFact } from '../../../src/provider/provider.ts';
import type { OutgoingContent } from '../../../src/provider/sender.ts';
import * as meta from '../../fixtures/meta.ts';
import { type Fixture, fixtures } from '../../fixtures/meta-kinds.ts';
import { parseMeta, secretsWith } from '../../support/meta-request.ts';

type Line = readonly (string | undefined)[];

/** What both sides have to agree on. */
function told(fact: ProviderFact): Line {
  const { contact } = fact;
  const who = contact.phone ?? contact.userId;
  if (fact.kind === 'message') {
    const { id, verb, type, text } = fact.message;
    return [verb, id, who, type, text];
  }
  if (fact.kind === 'delivery') {
    return [fact.kind, fact.messageId, who, fact.delivery.status, fact.delivery.errorCode];
  }
  return [fact.kind, fact.dedupeKey.split(':')[1], who];
}

const ours = (body: Buffer): Line[] => parseMeta(body).facts.map(told);

/** The text of a message in the words of the provider's own object. */
function textOf(message: any): string {
  const { type } = message;
  const part = message[type] ?? {};
  const content = type === 'edit' ? (part.message?.[part.message.type] ?? {}) : part;
  const interactive = part.button_reply ?? part.list_reply ?? part.nfm_reply ?? {};
  const place = [part.name, part.address].filter(Boolean).join(', ');
  const words = [
    content.body,
    content.caption,
    type === 'button' && part.text,
    type === 'order' && (part.text ?? part.orderText),
    type === 'reaction' && part.emoji,
    type === 'location' && place,
    interactive.title ?? interactive.body ?? part.call_permission_reply?.response,
  ];
  return words.find((word) => typeof word === 'string' && word !== '') ?? '';
}

/** Kapso turns the names of an object's properties into camel case. */
function snake(value: any): any {
  if (Array.isArray(value)) return value.map(snake);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snake(part),
    ]),
  );
}

function kapso(body: Buffer): Line[] {
  const { messages, statuses, calls } = normalizeWebhook(JSON.parse(body.toString()));
  return [
    ...messages.map((message: any) => {
      const isEcho = message.kapso?.direction === 'outbound';
      const who = isEcho ? message.to : (message.from ?? message.fromUserId);
      const verb = isEcho ? 'outgoing' : 'incoming';
      const text = message.kapso?.orderText ?? textOf(snake({ ...message, kapso: {} }));
      return [verb, message.id, phone(who) ?? who, message.type, text];
    }),
    ...statuses.map((status: any) => {
      const who = status.recipientId ?? status.recipientUserId;
      const code = status.errors?.[0]?.code;
      return ['delivery', status.id, phone(who) ?? who, status.status, code && String(code)];
    }),
    ...calls.map((call: any) => ['call', call.id, phone(call.from)]),
  ];
}

/** What the judge makes of a fixture that we read otherwise, and why. */
const kapsoDiffers: Readonly<Record<string, string>> = {
  'changed number': 'a system message stays a message; with us it renames the contact',
  'changed user id': 'a system message stays a message; with us it renames the contact',
  'changed identity key': 'a system message stays a message; with us it is a notice',
  'unknown status': 'every word is a status; we know five and notice the others',
  'status in a group': 'the recipient is the group; with us it is the participant',
  'accepted call': 'the status of a call is taken for the status of a message',
  'user id update': 'the field is not known',
  'everything at once': 'the sum of the above',
};

const apiJsDiffers: Readonly<Record<string, string>> = {
  'changed number': kapsoDiffers['changed number']!,
  'changed user id': kapsoDiffers['changed user id']!,
  'changed identity key': kapsoDiffers['changed identity key']!,
  'unknown status': kapsoDiffers['unknown status']!,
  echo: 'the field is not known',
  'edited echo': 'the field is not known',
  'revoked echo': 'the field is not known',
  'delivered and read': 'only the first update of a request is read',
  'accepted call': 'told as the status of a call, without a contact',
  'user id update': 'the field is not known',
  'everything at once': 'only the first update of a request is read',
};

async function apiJs(body: Buffer): Promise<Line[]> {
  const lines: Line[] = [];
  const { appSecret } = meta;
  const judge = new WhatsAppAPI({ token: 't', appSecret, v: 'v26.0', secure: true });
  judge.on.message = ({ from, message }: any) => {
    const { id, type } = message;
    lines.push(['incoming', id, phone(from) ?? from, type, textOf(message)]);
  };
  judge.on.status = ({ id, phone: from, status, error }: any) => {
    lines.push(['delivery', id, phone(from), status, error && String(error.code)]);
  };
  judge.on.call.connect = ({ call, from }: any) => {
    lines.push(['call', call.id, phone(from)]);
  };
  const raw = body.toString();
  // It throws at a field that it does not know.
  await judge.post(JSON.parse(raw) as PostData, raw, meta.sign(body)).catch((error: Error) => {
    assert.match(error.message, /Unexpected payload/);
  });
  return lines;
}

/** Account fields have no `metadata`, which whatsapp-api-js reads unasked. */
const hasNumber = ({ body }: Fixture): boolean =>
  JSON.parse(body.toString()).entry[0].changes[0].value.metadata !== undefined;

describe('an independent reader of Meta’s webhooks', () => {
  it('(Kapso) agrees on ids, direction, contact, kind, text and status', () => {
    const differing = fixtures.filter(({ body }) => !isSame(kapso(body), ours(body)));
    assert.deepEqual(
      differing.map(({ name }) => name),
      Object.keys(kapsoDiffers),
    );
  });

  it('(whatsapp-api-js) agrees on ids, direction, contact, kind, text and status', async () => {
    const differing: string[] = [];
    for (const { name, body } of fixtures.filter(hasNumber)) {
      if (!isSame(await apiJs(body), ours(body))) differing.push(name);
    }
    assert.deepEqual(differing.sort(), Object.keys(apiJsDiffers).sort());
  });

  it('accepts the signatures of our fixtures, and so do we', () => {
    for (const { body } of fixtures) {
      const { appSecret } = meta;
      const given = { appSecret, rawBody: body, signatureHeader: meta.sign(body) };
      assert.equal(verifySignature(given), true);
      assert.equal(verifySignature({ ...given, rawBody: Buffer.concat([body, body]) }), false);
    }
  });

  function isSame(a: readonly Line[], b: readonly Line[]): boolean {
    return JSON.stringify(a) === JSON.stringify(b);
  }
});

describe('an independent sender to Meta', () => {
  const to = '+393331234567';
  const accepted = { messages: [{ id: 'wamid.1' }], contacts: [{ input: to, wa_id: '39333' }] };

  /** What a judge puts on the wire: it is answered as Meta answers, without any network. */
  function wiretap() {
    const sent: { url: string; body: Record<string, unknown> }[] = [];
    const fetch = (url: unknown, init?: { body?: unknown }) => {
      const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
      sent.push({ url: String(url), body });
      return Promise.resolve(Response.json(accepted));
    };
    return { sent, fetch: fetch as typeof globalThis.fetch };
  }

  function oursFor(content: OutgoingContent) {
    const account = {
      accountId: meta.phoneNumberId,
      number: '',
      apiUrl: '',
      apiVersion: 'v26.0',
      secrets: secretsWith({ accessToken: 't' }),
      publicUrl: '',
    };
    const request = sender.build({ to: { phone: to }, content, reference: 'ref' }, account, '');
    assert.ok('url' in request);
    return { url: request.url, body: JSON.parse(request.body) as Record<string, unknown> };
  }

  it('(whatsapp-api-js) sends texts and pictures as we do', async () => {
    const { sent, fetch } = wiretap();
    const judge = new WhatsAppAPI({
      token: 't',
      v: 'v26.0',
      secure: false,
      ponyfill: { fetch },
    });
    await judge.sendMessage(meta.phoneNumberId, to, new Text('Ciao 👋'), 'wamid.Q', 'ref');
    const picture = new Image('https://a.example/f.jpg', false, 'didascalia');
    await judge.sendMessage(meta.phoneNumberId, to, picture, undefined, 'ref');
    const url = 'https://a.example/f.jpg';
    assert.deepEqual(sent, [
      oursFor({ kind: 'text', text: 'Ciao 👋', replyTo: 'wamid.Q' }),
      oursFor({ kind: 'media', type: 'image', url, caption: 'didascalia' }),
    ]);
  });

  it('(Kapso) sends texts and templates as we do', async () => {
    const { sent, fetch } = wiretap();
    const judge = new WhatsAppClient({ accessToken: 't', graphVersion: 'v26.0', fetch });
    const common = { phoneNumberId: meta.phoneNumberId, to, bizOpaqueCallbackData: 'ref' };
    const recipientType = 'individual';
    await judge.messages.sendText({ ...common, recipientType, body: 'Ciao 👋' });
    await judge.messages.sendTemplate({
      ...common,
      recipientType,
      template: {
        name: 'order_ready',
        language: { code: 'it' },
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'Anna' }] }],
      },
    });
    const parameters = ['Anna'];
    assert.deepEqual(sent, [
      oursFor({ kind: 'text', text: 'Ciao 👋' }),
      oursFor({ kind: 'template', name: 'order_ready', language: 'it', parameters }),
    ]);
  });
});
