import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meta as provider } from '../../../src/provider/meta/meta.ts';
import type { MessageFact, WebhookRequest } from '../../../src/provider/provider.ts';
import { nodeCrypto } from '../../../src/receiver/crypto.ts';
import * as meta from '../../fixtures/meta.ts';
import * as kinds from '../../fixtures/meta-kinds.ts';
import {
  factsOf,
  metaPost as request,
  parseMeta,
  secretsWith,
} from '../../support/meta-request.ts';

const secrets = secretsWith({ appSecret: meta.appSecret, verifyToken: meta.verifyToken });

function read(part: meta.Part, person?: meta.Person): MessageFact['message'] {
  const [fact] = factsOf(meta.change({ messages: [meta.message(part, person)] }));
  assert.ok(fact?.kind === 'message');
  return fact.message;
}

describe('the Meta adapter reads', () => {
  it('a text with accents, emoji and slashes exactly as typed', () => {
    const text = 'À bientôt 👋🏽 https://example.com/a%20b?x=<1>&y="@"';
    assert.deepEqual(
      { type: read(meta.text(text)).type, text: read(meta.text(text)).text },
      { type: 'text', text },
    );
  });

  it('an image with its caption as the text', () => {
    const message = read(meta.image('il guasto è qui'));
    assert.equal(message.text, 'il guasto è qui');
    assert.equal(message.media[0]?.mimeType, 'image/jpeg');
    assert.equal(message.media[0]?.id, '1234567890');
  });

  it('a document with its file name', () => {
    assert.equal(read(meta.document('fattura nº 7.pdf')).media[0]?.fileName, 'fattura nº 7.pdf');
  });

  it('the title and id of a pressed button, of a chosen row and of a template button', () => {
    for (const part of [
      meta.buttonReply('yes', 'Sì, grazie'),
      meta.listReply('yes', 'Sì, grazie'),
      meta.templateButton('yes', 'Sì, grazie'),
    ]) {
      const { text, buttonId } = read(part);
      assert.deepEqual({ text, buttonId }, { text: 'Sì, grazie', buttonId: 'yes' });
    }
  });

  it('a location, shared contacts and a reaction', () => {
    assert.deepEqual(read(meta.location(45.4642, 9.19, 'Duomo')).location, {
      latitude: 45.4642,
      longitude: 9.19,
      name: 'Duomo',
      address: 'Via Roma 1',
    });
    assert.deepEqual(read(meta.contacts('Zoë', '+39 333 1')).contacts, [
      { name: 'Zoë', phones: ['+39 333 1'] },
    ]);
    const { text, replyTo } = read(meta.reaction('wamid.A', '❤️'));
    assert.deepEqual({ text, replyTo }, { text: '❤️', replyTo: 'wamid.A' });
  });

  it('a voice message, a video, a sticker and an order', () => {
    assert.equal(read(kinds.audio).media[0]?.mimeType, 'audio/ogg; codecs=opus');
    assert.equal(read(kinds.video).text, 'guarda');
    assert.equal(read(kinds.sticker).media[0]?.type, 'sticker');
    assert.equal(read(kinds.order).text, 'Due caffè, grazie');
  });

  it('a filled-in form, an answer about calls, and an answer that Meta lost', () => {
    assert.equal(read(kinds.formReply).text, 'Inviato');
    assert.equal(read(kinds.callPermission).text, 'accept');
    const { type, text } = read(kinds.emptyAnswer);
    assert.deepEqual({ type, text }, { type: 'interactive', text: '' });
  });

  it('which message is answered, and which advertisement brought the contact', () => {
    assert.equal(read(kinds.replyTo('wamid.Q', meta.text('questo'))).replyTo, 'wamid.Q');
    assert.deepEqual(read(kinds.fromAd).referral, {
      sourceUrl: 'https://fb.me/3cr4Wqqkv',
      sourceType: 'ad',
      sourceId: '120226305854810726',
      headline: 'Chiacchiera con noi',
      body: 'Succulente in saldo',
    });
  });

  it('an edit with the new text and a revoke without any, both naming the original', () => {
    const edited = read(kinds.edit('wamid.E', meta.image('nuova didascalia')));
    assert.deepEqual(
      [edited.type, edited.text, edited.replyTo, edited.media[0]?.id],
      ['edit', 'nuova didascalia', 'wamid.E', '1234567890'],
    );
    const revoked = read(kinds.revoke('wamid.E'));
    assert.deepEqual([revoked.type, revoked.text, revoked.replyTo], ['revoke', '', 'wamid.E']);
  });

  it('the group that a message was written in', () => {
    assert.equal(read(kinds.inGroup(meta.text('a tutti'))).group, kinds.group);
    assert.equal('group' in read(meta.text('solo a voi')), false);
  });

  it('a kind that it does not know, as that kind', () => {
    assert.equal(read({ type: 'hologram', hologram: { depth: 3 } }).type, 'hologram');
  });

  it('every message of every change of every entry', () => {
    const some = (n: number) =>
      meta.change({
        messages: Array.from({ length: n }, (_, i) => meta.message(meta.text(`${i}`))),
      });
    const { facts } = parseMeta(meta.webhook([some(3), some(2)], [some(4)]));
    assert.equal(facts.length, 9);
    assert.equal(new Set(facts.map(({ dedupeKey }) => dedupeKey)).size, 9);
  });
});

describe('the Meta adapter stands', () => {
  it('any JSON without throwing and without touching a prototype', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        parseMeta(Buffer.from(json));
        assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      }),
    );
  });

  it('any change of one value in a real body, firing nothing twice', () => {
    const body = meta.webhook([
      meta.change({
        messages: [meta.message(meta.image('x'))],
        statuses: [meta.status('s', 'sent')],
      }),
    ]);
    const paths: string[] = [];
    JSON.parse(body.toString(), function (key, value) {
      paths.push(key);
      return value;
    });
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (key, replacement) => {
        const mutated = JSON.parse(body.toString(), (k, v) => (k === key ? replacement : v));
        const { facts } = parseMeta(meta.wire(mutated));
        assert.ok(facts.length <= 2);
      }),
    );
  });

  it('names such as __proto__ and constructor as ordinary text', () => {
    const message = read(meta.text('__proto__'), { waId: '393331234567', name: 'constructor' });
    assert.equal(message.text, '__proto__');
  });

  it('lone surrogates and NUL, which no store and no URL can hold', () => {
    const { text } = read(meta.text('a\ud800b\0c'));
    assert.equal(text, 'a\ufffdbc');
  });

  it('JSON nested a million deep, and says why it goes to quarantine', () => {
    const body = Buffer.from('['.repeat(1_000_000));
    assert.match(parseMeta(body).problems[0]?.reason ?? '', /nested deeper/);
  });

  it('a body that is no JSON, no object or has no entries, with a reason', () => {
    for (const text of ['', 'null', '[]', '"x"', '{', '{}']) {
      const { facts, problems } = parseMeta(Buffer.from(text));
      assert.equal(facts.length, 0);
      assert.equal(problems.length, 1, text);
    }
  });
});

describe('the Meta signature', () => {
  const body = meta.textWebhook('firmato è ✍️');
  const verify = (headers: WebhookRequest['headers'], bytes: Buffer = body, held = secrets) =>
    provider.verify(request(bytes, { headers }), held, nodeCrypto);

  it('is accepted for the very bytes that were signed', () => {
    assert.equal(verify(meta.headers(body)), true);
  });

  it('is refused after a flip of any one bit of the body', () => {
    const headers = meta.headers(body);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(7), (at, bit) => {
        const flipped = Buffer.from(body);
        flipped[at]! ^= 1 << bit;
        assert.equal(verify(headers, flipped), false);
      }),
    );
  });

  it('is refused for JSON that was parsed and written again', () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    assert.equal(verify(meta.headers(body), again), false);
  });

  it('is refused when absent, short, long, of another kind or no hex', () => {
    const right = meta.sign(body);
    const wrong = [
      undefined,
      '',
      'sha256=',
      right.slice(0, -2),
      `${right}00`,
      right.replace('sha256', 'sha1'),
      right.slice(7),
      `sha256=${'g'.repeat(64)}`,
      `sha256=${'0'.repeat(64)}`,
      `${right}, ${right}`,
    ];
    for (const signature of wrong) {
      assert.equal(verify({ 'x-hub-signature-256': signature }), false, String(signature));
    }
  });

  it('may be of the previous secret while a rotation is under way', () => {
    const rotated = { ...secrets, appSecret: 'new', appSecretPrevious: meta.appSecret };
    assert.equal(verify(meta.headers(body), body, rotated), true);
  });

  it('is never right for an account without a secret', () => {
    assert.equal(verify(meta.headers(body, ''), body, secretsWith()), false);
  });
});

describe('the Meta handshake', () => {
  const ask = (query: Record<string, string>, held = secrets) =>
    provider.handshake(
      request(Buffer.alloc(0), { method: 'GET', url: `/x?${new URLSearchParams(query)}` }),
      held,
      nodeCrypto,
    );
  const right = {
    'hub.mode': 'subscribe',
    'hub.challenge': '1158201444',
    'hub.verify_token': meta.verifyToken,
  };

  it('answers the challenge to the right token', () => {
    assert.equal(ask(right)?.body, '1158201444');
    assert.match(ask(right)?.contentType ?? '', /^text\/plain/);
  });

  it('answers nothing to a wrong token, mode or challenge', () => {
    assert.equal(ask({ ...right, 'hub.verify_token': 'no' }), undefined);
    assert.equal(ask({ ...right, 'hub.mode': 'unsubscribe' }), undefined);
    assert.equal(ask({ ...right, 'hub.challenge': '<script>alert(1)</script>' }), undefined);
    assert.equal(ask({ ...right, 'hub.challenge': 'x'.repeat(300) }), undefined);
    assert.equal(
      ask({ ...right, 'hub.verify_token': '' }, { ...secrets, verifyToken: '' }),
      undefined,
    );
  });
});
