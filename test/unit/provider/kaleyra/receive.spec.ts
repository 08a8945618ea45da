import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kaleyra } from '../../../../src/provider/kaleyra/kaleyra.ts';
import type { ProviderFact, WebhookRequest } from '../../../../src/provider/provider.ts';
import { nodeCrypto } from '../../../../src/receiver/crypto.ts';
import { hostileTexts } from '../../../fixtures/hostile.ts';
import * as fixture from '../../../fixtures/kaleyra.ts';

const withSecret = { ...fixture.secrets, webhookSecret: fixture.webhookSecret };
const { get, post, form, text } = fixture;

function fact<K extends ProviderFact['kind']>(kind: K, request: WebhookRequest) {
  const { facts, problems, notices } = kaleyra.parse(request, {});
  assert.deepEqual({ problems, notices }, { problems: [], notices: [] });
  const [only] = facts;
  assert.ok(only?.kind === kind && facts.length === 1);
  return only as Extract<ProviderFact, { kind: K }>;
}

const read = (fields: fixture.Fields) => fact('message', get(fields)).message;

function reason(request: WebhookRequest): string {
  const { facts, problems } = kaleyra.parse(request, {});
  assert.deepEqual([facts.length, problems.length], [0, 1]);
  return problems[0]!.reason;
}

describe('the Kaleyra adapter', () => {
  it('refuses an account whose path could be guessed, unless there is a secret', () => {
    assert.match(kaleyra.refusal(fixture.secrets, 'kaleyra') ?? '', /24 characters/);
    assert.equal(kaleyra.refusal(fixture.secrets, fixture.path), undefined);
    assert.equal(kaleyra.refusal(withSecret, 'kaleyra'), undefined);
  });

  it('takes the secret in a header or as the password of basic authentication, and nothing else', () => {
    const verified = (headers: fixture.Fields) =>
      kaleyra.verify(get(text('Ciao'), headers), withSecret, nodeCrypto);
    const secret = Buffer.from(fixture.webhookSecret).toString('latin1');
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`kaleyra:${password}`).toString('base64')}`,
    });
    assert.ok(verified({ 'x-webhook-secret': secret }));
    assert.ok(verified(basic(fixture.webhookSecret)));
    const wrong = [
      {},
      { 'x-webhook-secret': `${secret} ` },
      basic('no'),
      { 'x-webhook-secret': '' },
    ];
    for (const headers of wrong) assert.equal(verified(headers), false);
  });

  it('knows a number however it was typed', () => {
    for (const typed of ['+39 02 1234-5678', '390212345678', 'whatsapp:+390212345678']) {
      assert.equal(kaleyra.accountIdOf?.(typed), fixture.number);
    }
  });
});

describe('the Kaleyra adapter reads', () => {
  it('the same message from a query, from JSON and from a form', () => {
    const fields = text('Dov’è il mio ordine? + 📦 & "sì"');
    const [query, json, encoded] = [get(fields), post(fields), form(fields)].map((request) => {
      const { raw: _, ...rest } = fact('message', request);
      return rest;
    });
    assert.deepEqual(json, query);
    assert.deepEqual(encoded, query);
    const { message, dedupeKey, ...rest } = query!;
    assert.equal(dedupeKey, `message:${message.id}`);
    assert.deepEqual(rest, {
      kind: 'message',
      accountId: fixture.number,
      at: '2026-11-22T09:00:00.000Z',
      contact: { phone: '+393331234567', name: 'Giulia Müller 🌻' },
    });
    const { id: _, ...said } = message;
    assert.deepEqual(said, { verb: 'incoming', type: 'text', text: fields['body'], media: [] });
  });

  it('a file with its caption as the text, and without one as nothing', () => {
    const { text: words, media } = read(fixture.image('il guasto'));
    assert.equal(words, 'il guasto');
    assert.deepEqual(media, [
      {
        type: 'image',
        url: 'https://s3.eu-west-1.amazonaws.com/kaleyra/guasto.jpg',
        mimeType: 'image/jpeg',
        caption: 'il guasto',
      },
    ]);
    assert.equal(read(fixture.image('<body>')).text, '');
  });

  it('a location as JSON and as two numbers, shared contacts and what was quoted', () => {
    const where = { latitude: 45.4642, longitude: 9.19 };
    assert.deepEqual(read(fixture.location(JSON.stringify(where))).location, where);
    assert.deepEqual(read(fixture.location('45.4642, 9.19')).location, where);
    const shared = '[{"name":{"formatted_name":"Zoë"},"phones":[{"phone":"+39 333 1"}]}]';
    const { contacts, replyTo } = read(fixture.incoming({ contacts: shared, reply_to: 'wamid.A' }));
    assert.deepEqual(contacts, [{ name: 'Zoë', phones: ['+39 333 1'] }]);
    assert.equal(replyTo, 'wamid.A');
  });

  it('the id and the button that newer accounts give as the whole message', () => {
    const message = { id: 'wamid.B', interactive: { button_reply: { id: 'yes', title: 'Sì' } } };
    const { id, buttonId } = fact(
      'message',
      post({ ...fixture.incoming({ type: 'interactive', body: 'Sì' }), message }),
    ).message;
    assert.deepEqual({ id, buttonId }, { id: 'wamid.B', buttonId: 'yes' });
  });

  it('a placeholder that somebody types as a text', () => {
    assert.equal(read(text('<body>')).text, '<body>');
    assert.equal(read(text('null')).text, 'null');
  });

  it('an answer and a name that are words for nothing as what they are', () => {
    for (const words of ['None', 'Null', 'Nil', 'undefined']) {
      const { contact, message } = fact(
        'message',
        get(fixture.incoming({ type: 'button', body: words, name: words })),
      );
      assert.deepEqual([message.text, contact.name], [words, words]);
    }
    const empty = fixture.incoming({ type: 'button', body: '<body>', name: '<name>' });
    const { contact, message } = fact('message', get(empty));
    assert.deepEqual([message.text, contact.name], ['', undefined]);
  });

  it('no words of a file or a place that has none, however Kaleyra says so', () => {
    for (const nothing of ['None', 'null', '<body>', '']) {
      const { text: caption, media } = read(fixture.image(nothing));
      assert.deepEqual([caption, media[0]?.caption], ['', undefined]);
      assert.equal(read({ ...fixture.location('45.4642, 9.19'), body: nothing }).text, '');
    }
  });

  it('statuses, of which "not-sent" and "0" are failures, with our name for the send', () => {
    const words = ['sent', 'Delivered', 'read', 'failed', 'not-sent', '0'];
    const seen = words.map((word) => {
      const { delivery, messageId, reference, accountId, contact } = fact(
        'delivery',
        get(fixture.status('c9e1:0', word)),
      );
      assert.deepEqual([messageId, reference, accountId], ['c9e1', 'our-name', fixture.number]);
      assert.equal(contact.phone, '+393331234567');
      return delivery.status;
    });
    assert.deepEqual(seen, ['sent', 'delivered', 'read', 'failed', 'failed', 'failed']);
    const why = { error: 'Re-engagement message', error_code: '131047' };
    assert.deepEqual(fact('delivery', get(fixture.status('c9e1:0', 'failed', why))).delivery, {
      status: 'failed',
      errorCode: '131047',
      errorText: 'Re-engagement message',
    });
  });

  it('a status of the interface, which names no number, for the account of its path', () => {
    assert.equal(fact('delivery', get({ id: 'c9e1:0', status: 'read' })).accountId, '');
  });
});

describe('a message of Kaleyra, which has no id,', () => {
  const idOf = (fields: fixture.Fields) => read(fields).id;

  it('is the same when it comes again, in whatever form', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (words) => {
        assert.equal(idOf(text(words)), fact('message', post(text(words))).message.id);
      }),
    );
  });

  it('is another one by its sender, second, kind, words or file', () => {
    const others = [
      text('Ciao'),
      text('ciao'),
      fixture.incoming({ body: 'Ciao', from: '393331234568' }),
      fixture.incoming({ body: 'Ciao', created_at: '1795338001' }),
      fixture.incoming({ body: 'Ciao', type: 'button' }),
      fixture.image('Ciao'),
      fixture.incoming({ ...fixture.image('Ciao'), media_url: 'https://s3/b.jpg' }),
      fixture.incoming({ body: 'Ciao', reply_to: 'wamid.A' }),
    ];
    assert.equal(new Set(others.map(idOf)).size, others.length);
  });
});

describe('the Kaleyra adapter tells', () => {
  it('what is missing in the callback profile', () => {
    assert.match(reason(get({ ...text('Ciao'), created_at: '<created_at>' })), /created_at/);
    assert.match(reason(get({ body: 'Ciao', type: 'text' })), /from/);
    assert.match(reason(post('{"body":"broken "quote""}')), /JSON/);
  });

  it('no flow of template news, unknown statuses and empty calls', () => {
    const quiet = [
      get({ event: 'APPROVED', message_template_id: '17', reason: 'NONE' }),
      get(fixture.status('c9e1:0', 'deleted')),
      get({}),
    ];
    for (const request of quiet) {
      const { facts, problems, notices } = kaleyra.parse(request, {});
      assert.deepEqual([facts.length, problems.length, notices.length], [0, 0, 1]);
    }
  });

  it('hostile texts as they were typed, but for NUL and lone surrogates', () => {
    for (const words of hostileTexts) {
      const wanted = words.replaceAll('\0', '').toWellFormed();
      assert.equal(fact('message', post(text(words))).message.text, wanted);
      const fields = Object.fromEntries(Object.keys(text('')).map((name) => [name, words]));
      assert.doesNotThrow(() => kaleyra.parse(get(fields), {}));
    }
  });

  it('nothing wrongly and throws never, whatever the fields hold', () => {
    const names = fixture.samples().flatMap((sample) => Object.keys(sample));
    const key = fc.constantFrom(...names, '__proto__', 'constructor');
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (body) => {
        const { facts, problems, notices } = kaleyra.parse(post(body), {});
        assert.equal(facts.length + problems.length + notices.length, 1);
      }),
    );
  });
});
