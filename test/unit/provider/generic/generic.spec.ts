import assert from 'node:assert/strict';
import { generic } from '../../../../src/provider/generic/generic.ts';
import type { MessageFact, Parsed, WebhookRequest } from '../../../../src/provider/provider.ts';
import { nodeCrypto } from '../../../../src/receiver/crypto.ts';
import * as fixture from '../../../fixtures/generic.ts';
import { hostileTexts } from '../../../fixtures/hostile.ts';

const mapping = fixture.mappingOf(fixture.savedMapping);
const formMapping = fixture.mappingOf(fixture.formMapping);

const parse = (request: WebhookRequest, by = mapping): Parsed =>
  generic.parse(request, { mapping: by });

function message(request: WebhookRequest, by = mapping): MessageFact {
  const { facts, problems } = parse(request, by);
  assert.deepEqual(problems, []);
  const [fact] = facts;
  assert.ok(fact?.kind === 'message' && facts.length === 1);
  return fact;
}

function read(part: Record<string, unknown>): MessageFact['message'] {
  return message(fixture.batch({ messages: [fixture.message(part)] })).message;
}

function reasons(body: unknown): string[] {
  return parse(fixture.json(body)).problems.map(({ reason }) => reason);
}

describe('the generic adapter reads', () => {
  it('a message from where the mapping says its parts are', () => {
    const { raw: _, ...fact } = message(fixture.batch({ messages: [fixture.message()] }));
    assert.deepEqual(fact, {
      kind: 'message',
      accountId: fixture.accountId,
      dedupeKey: 'message:msg-1',
      at: '2026-11-22T09:00:00.000Z',
      contact: {
        phone: '+393331234567',
        userId: 'IT.13491208655302741918',
        username: 'giulia.m',
        name: 'Giulia Müller 🌻',
      },
      message: {
        id: 'msg-1',
        verb: 'incoming',
        type: 'text',
        text: "Dov'è il mio ordine? 📦",
        media: [],
      },
    });
  });

  it('two ids of 64 bits as two, though no number tells them apart', () => {
    const keys = ['9007199254740992', '9007199254740993'].map((id) => {
      const { body, ...request } = fixture.batch({ messages: [fixture.message({ id: 'long' })] });
      const json = Buffer.from(body).toString().replace('"long"', id);
      return message({ ...request, body: Buffer.from(json) }).dedupeKey;
    });
    assert.deepEqual(keys, ['message:9007199254740992', 'message:9007199254740993']);
  });

  it('the second alternative of a path where the first has nothing', () => {
    assert.equal(read({ body: { text: '', title: 'Sì' } }).text, 'Sì');
  });

  it('media with its caption as the text, a location, a button and a reply', () => {
    const file = { link: 'https://x/a.jpg', 'content-type': 'image/jpeg', caption: 'il guasto' };
    const image = read({ kind: null, body: { files: [file] }, quoted: { id: 'msg-0' } });
    assert.deepEqual(
      { ...image, id: '' },
      {
        id: '',
        verb: 'incoming',
        type: 'image',
        text: 'il guasto',
        media: [
          { type: 'image', url: 'https://x/a.jpg', mimeType: 'image/jpeg', caption: 'il guasto' },
        ],
        replyTo: 'msg-0',
      },
    );
    const { type, location } = read({ kind: undefined, body: { lat: '45.46', lng: 9.19 } });
    assert.deepEqual(
      { type, location },
      {
        type: 'location',
        location: { latitude: 45.46, longitude: 9.19 },
      },
    );
    assert.equal(read({ body: { button: 'yes', title: 'Sì' } }).buttonId, 'yes');
  });

  it('an outgoing message by the value that means it', () => {
    assert.equal(read({ fromMe: true }).verb, 'outgoing');
    assert.equal(read({ fromMe: false }).verb, 'incoming');
  });

  it('what became of a message, in the words that the mapping translates and in our own', () => {
    const { facts } = parse(
      fixture.batch({
        receipts: [
          fixture.receipt('SEEN'),
          fixture.receipt('Delivered'),
          fixture.receipt('BOUNCED', { error: { code: 131026, text: 'no WhatsApp' } }),
        ],
      }),
    );
    assert.deepEqual(
      facts.map((fact) => fact.kind === 'delivery' && [fact.messageId, fact.delivery]),
      [
        ['msg-7', { status: 'read' }],
        ['msg-7', { status: 'delivered' }],
        ['msg-7', { status: 'failed', errorCode: '131026', errorText: 'no WhatsApp' }],
      ],
    );
    assert.equal(new Set(facts.map(({ dedupeKey }) => dedupeKey)).size, 3);
  });

  it('a message although its status has a word that means nothing', () => {
    assert.equal(read({ state: 'received' }).text, "Dov'è il mio ordine? 📦");
    const { facts, problems, notices } = parse(
      fixture.batch({ receipts: [{ message: 'msg-7', state: 'ENQUEUED' }] }),
    );
    assert.deepEqual([facts, problems], [[], []]);
    assert.match(notices[0]?.text ?? '', /"ENQUEUED" has no meaning/);
  });

  it('messages and receipts of one request, and every entry that a "*" passes', () => {
    const both = parse(
      fixture.batch({ messages: [fixture.message()], receipts: [fixture.receipt('sent')] }),
    );
    assert.deepEqual(
      both.facts.map(({ kind }) => kind),
      ['message', 'delivery'],
    );
    const deep = fixture.mappingOf({ ...fixture.savedMapping, each: 'entry.*.messages' });
    const entry = ['a', 'b'].map((id) => ({ messages: [fixture.message({ id })] }));
    assert.equal(parse(fixture.json({ entry }), deep).facts.length, 2);
  });

  it('a form, whose fields may have dots in their names', () => {
    const fact = message(fixture.form(fixture.formMessage), formMapping);
    assert.equal(fact.accountId, '');
    assert.equal(fact.at, '2026-11-22T09:00:00.000Z');
    assert.deepEqual(fact.contact, { phone: '+393331234567', name: 'Zoë & Söhne' });
    assert.equal(fact.message.text, 'a+b = 100% ñ');
  });

  it('a message without an id: the same again has the same key, another text another', () => {
    const key = (body: string): string =>
      message(fixture.form({ ...fixture.formMessage, body }), formMapping).dedupeKey;
    assert.equal(key('ciao'), key('ciao'));
    assert.notEqual(key('ciao'), key('ciao!'));
  });

  it('a user id in the place of the phone whole, never stripped to its digits', () => {
    const { contact } = message(
      fixture.batch({ messages: [fixture.message({ customer: { phone: 'IT.1349' } })] }),
    );
    assert.deepEqual(contact, { userId: 'IT.1349' });
  });

  it('a batch in which every event looks something up from the root without walking it each time', () => {
    const wide = fixture.mappingOf({
      ...fixture.savedMapping,
      paths: { ...fixture.savedMapping.paths, account: '$.messages.*.nothing | $.line' },
    });
    const messages = Array.from({ length: 10_000 }, (_, id) => fixture.message({ id }));
    const request = fixture.batch({ messages });
    assert.equal(parse(request, wide).facts.length, 10_000);
  }).timeout(5_000);
});

describe('the generic adapter sets aside', () => {
  it('what is no JSON, holds nothing where the events should be, or nothing that is mapped', () => {
    assert.deepEqual(
      parse(fixture.signed(Buffer.from('{'))).problems.map(({ reason }) => reason),
      ['The body is no JSON.'],
    );
    assert.deepEqual(reasons({ other: [] }), ['There is nothing at "messages | receipts".']);
    assert.deepEqual(reasons({ messages: [{ unknown: 1 }, 7] }), [
      'The mapping finds no message and no status in it.',
      'An event is no object.',
    ]);
  });

  it('a message without a contact, without id and time, and a status without a message', () => {
    assert.deepEqual(reasons({ messages: [fixture.message({ customer: {} })] }), [
      'A message names no contact.',
    ]);
    assert.deepEqual(reasons({ messages: [fixture.message({ id: '', sentAt: 'today' })] }), [
      'A message has neither an id nor a time.',
    ]);
    assert.deepEqual(reasons({ receipts: [{ state: 'SEEN' }] }), [
      'The status "SEEN" names no message.',
    ]);
  });

  it('nothing of a whole batch but the entry that is wrong', () => {
    const { facts, problems } = parse(
      fixture.batch({ messages: [fixture.message(), fixture.message({ customer: {} })] }),
    );
    assert.deepEqual([facts.length, problems.length], [1, 1]);
  });
});

describe('the generic adapter takes as genuine', () => {
  const verify = (request: WebhookRequest, by = mapping, secrets = fixture.secrets): boolean =>
    generic.verify(request, secrets, nodeCrypto, { mapping: by });

  it('a signature in hex or base64, behind its prefix, and no other spelling of it', () => {
    const request = fixture.batch({ messages: [fixture.message()] });
    assert.ok(verify(request));
    assert.ok(!verify(request, mapping, { ...fixture.secrets, webhookSecret: '' }));
    const signature = request.headers['x-signature']!;
    for (const header of [
      undefined,
      '',
      'v1=',
      signature.slice(3),
      `v2=${signature.slice(3)}`,
      `${signature}00`,
      `${signature} `,
      signature.slice(0, -1),
    ]) {
      assert.ok(!verify({ ...request, headers: { 'x-signature': header } }), String(header));
    }
    const base64 = Buffer.from(signature.slice(3), 'hex').toString('base64');
    const by = fixture.mappingOf({
      ...fixture.savedMapping,
      proof: { ...fixture.savedMapping.proof, encoding: 'base64', prefix: '' },
    });
    assert.ok(verify({ ...request, headers: { 'x-signature': base64 } }, by));
    const unpadded = base64.replace(/=+$/, '');
    assert.ok(!verify({ ...request, headers: { 'x-signature': unpadded } }, by));
  });

  it('the secret in its header, as a bearer token or as the password of HTTP basic', () => {
    const request = fixture.form(fixture.formMessage);
    assert.ok(verify(request, formMapping));
    const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
    const { webhookSecret: secret } = fixture;
    const asBytes = Buffer.from(secret).toString('latin1');
    for (const [authorization, right] of [
      [`Bearer ${asBytes}`, true],
      [basic(`anyone:${secret}`), true],
      [basic(`${secret}:anyone`), false],
      [basic(secret), false],
      ['Basic !', false],
      ['Bearer ', false],
    ] as const) {
      assert.equal(verify({ ...request, headers: { authorization } }, formMapping), right);
    }
    assert.ok(!verify(fixture.form(fixture.formMessage, 'guessed'), formMapping));
    assert.ok(!verify(fixture.form(fixture.formMessage, ''), formMapping));
  });
});

describe('an account of the generic provider is refused', () => {
  const none = { ...fixture.secrets, webhookSecret: '' };

  it('without a mapping, and with a signature without a secret', () => {
    assert.match(generic.refusal(fixture.secrets, 'x') ?? '', /mapping is missing/);
    assert.match(generic.refusal(none, 'x'.repeat(40), { mapping }) ?? '', /secret is missing/);
    assert.equal(generic.refusal(fixture.secrets, 'x', { mapping }), undefined);
  });

  it('with neither a secret nor a path that nobody guesses', () => {
    const setting = { mapping: formMapping };
    assert.match(generic.refusal(none, 'x'.repeat(23), setting) ?? '', /at least 24 characters/);
    assert.equal(generic.refusal(none, 'x'.repeat(24), setting), undefined);
    assert.equal(generic.refusal(fixture.secrets, 'short', setting), undefined);
  });
});

describe('hostile texts', () => {
  it('come through the generic adapter as they are, less what no store could hold', () => {
    for (const text of hostileTexts) {
      const fact = message(
        fixture.batch({
          messages: [
            fixture.message({ body: { text }, customer: { phone: '+391234567', name: text } }),
          ],
        }),
      );
      assert.equal(fact.message.text, text.replaceAll('\0', '').toWellFormed());
    }
  });
});
