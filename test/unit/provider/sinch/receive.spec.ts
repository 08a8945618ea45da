import assert from 'node:assert/strict';
import { ConversationCallbackWebhooks } from '@sinch/conversation';
import fc from 'fast-check';
import type { Parsed, ProviderFact } from '../../../../src/provider/provider.ts';
import { sinch } from '../../../../src/provider/sinch/sinch.ts';
import { nodeCrypto } from '../../../../src/receiver/crypto.ts';
import { hostileTexts } from '../../../fixtures/hostile.ts';
import * as fixture from '../../../fixtures/sinch.ts';

const judge = new ConversationCallbackWebhooks(fixture.webhookSecret);

const parse = (body: unknown): Parsed => sinch.parse(fixture.request(body), {});

const verified = (request: ReturnType<typeof fixture.request>, secrets = fixture.secrets) =>
  sinch.verify(request, secrets, nodeCrypto);

function fact<K extends ProviderFact['kind']>(kind: K, body: unknown) {
  const { facts, problems, notices } = parse(body);
  assert.deepEqual({ problems, notices }, { problems: [], notices: [] });
  const [only] = facts;
  assert.ok(only?.kind === kind && facts.length === 1);
  return only as Extract<ProviderFact, { kind: K }>;
}

const read = (part: fixture.Part) => fact('message', fixture.inbound(part)).message;

function notice(body: unknown): { about: string; text: string } {
  const { facts, problems, notices } = parse(body);
  assert.deepEqual({ facts, problems }, { facts: [], problems: [] });
  assert.equal(notices.length, 1);
  return notices[0]!;
}

describe('the Sinch adapter verifies', () => {
  it("what Sinch's own library accepts, text with accents and emoji included", () => {
    for (const sample of fixture.samples()) {
      const request = fixture.request(sample);
      const body = Buffer.from(request.body).toString();
      assert.ok(judge.validateAuthenticationHeader(request.headers, body));
      assert.ok(verified(request));
    }
  });

  it('nothing else: it and the library agree on every changed byte, nonce, time and signature', () => {
    const good = fixture.request(fixture.inbound(fixture.text('Ciao')));
    const names = ['', '-nonce', '-timestamp'].map((end) => `x-sinch-webhook-signature${end}`);
    const place = fc.constantFrom('body', ...names);
    fc.assert(
      fc.property(place, fc.nat(), fc.integer({ min: 1, max: 127 }), (where, at, bit) => {
        const bytes = Buffer.from(where === 'body' ? good.body : good.headers[where]!);
        bytes[at % bytes.length]! ^= bit;
        const changed =
          where === 'body'
            ? { ...good, body: bytes }
            : { ...good, headers: { ...good.headers, [where]: bytes.toString('latin1') } };
        assert.equal(verified(changed), false);
        const text = Buffer.from(changed.body).toString();
        assert.equal(judge.validateAuthenticationHeader(changed.headers, text), false);
      }),
    );
  });

  it('nothing without a secret, a nonce, a time or a signature', () => {
    const good = fixture.request(fixture.stop());
    assert.equal(verified(good, { ...fixture.secrets, webhookSecret: '' }), false);
    for (const name of Object.keys(good.headers).filter((key) => /signature|nonce/.test(key))) {
      if (name.endsWith('algorithm')) continue;
      assert.equal(verified({ ...good, headers: { ...good.headers, [name]: undefined } }), false);
    }
  });

  it("what was signed within Sinch's tries of almost a day, and nothing older", () => {
    const hours = (n: number) => fixture.request(fixture.stop(), fixture.now - n * 3_600_000);
    assert.ok(verified(hours(23)));
    assert.equal(verified(hours(25)), false);
    assert.equal(verified(hours(-25)), false);
  });

  it('an account only with a webhook secret', () => {
    assert.equal(sinch.refusal(fixture.secrets, 'short'), undefined);
    const told = sinch.refusal({ ...fixture.secrets, webhookSecret: '' }, 'x'.repeat(64));
    assert.match(told ?? '', /webhook secret/);
  });
});

describe('the Sinch adapter reads', () => {
  it('a text with who wrote it, when, and to which app', () => {
    const body = fixture.inbound(fixture.text('Dov’è il mio ordine? 📦'));
    const { raw, ...rest } = fact('message', body);
    assert.deepEqual(raw, body);
    const id = rest.message.id;
    assert.deepEqual(rest, {
      kind: 'message',
      accountId: fixture.appId,
      dedupeKey: `message:${id}`,
      at: fixture.eventTime,
      contact: { phone: '+393331234567', providerId: fixture.giulia.contactId },
      message: { id, verb: 'incoming', type: 'text', text: 'Dov’è il mio ordine? 📦', media: [] },
    });
  });

  it('a business-scoped user id whole, and never as a number', () => {
    const { contact } = fact('message', fixture.inbound(fixture.text('Ciao'), fixture.hidden));
    assert.deepEqual(contact, {
      userId: 'IT.13491208655302741918',
      providerId: fixture.hidden.contactId,
    });
  });

  it('a file by its kind, with its caption as the text', () => {
    const kinds = {
      jpg: 'image',
      'MP4?x=1.pdf': 'video',
      ogg: 'audio',
      pdf: 'document',
      webp: 'sticker',
    };
    for (const [ending, type] of Object.entries(kinds)) {
      const url = `https://media.sinch.com/a/b.${ending}`;
      assert.deepEqual(read(fixture.media(url)).media, [{ type, url }]);
    }
    const { text, media } = read(fixture.captioned('https://media.sinch.com/guasto', 'il guasto'));
    assert.equal(text, 'il guasto');
    assert.deepEqual(media, [
      { type: 'media', url: 'https://media.sinch.com/guasto', caption: 'il guasto' },
    ]);
  });

  it('a location, a form and what was quoted', () => {
    assert.deepEqual(read(fixture.location(45.4642, 9.19, 'Duomo')).location, {
      latitude: 45.4642,
      longitude: 9.19,
      name: 'Duomo',
      address: 'Piazza del Duomo',
    });
    const { type, text } = read(fixture.form('Sent'));
    assert.deepEqual({ type, text }, { type: 'nfm_reply', text: 'Sent' });
    assert.equal(read(fixture.quoting('01AB', fixture.text('sì'))).replyTo, '01AB');
  });

  it('a choice with the data of its button, or the title where the button had none', () => {
    const own = read(fixture.choice('01AB', 'conferma'));
    const bare = read(fixture.choice('01AB', '01AB_Sì, grazie'));
    const seen = [own, bare].map(({ text, buttonId, replyTo }) => [text, buttonId, replyTo]);
    assert.deepEqual(seen, [
      ['conferma', 'conferma', '01AB'],
      ['Sì, grazie', '01AB_Sì, grazie', '01AB'],
    ]);
  });

  it('a reaction, and an empty one when it was taken back', () => {
    for (const [action, text] of [
      ['REACT', '❤️'],
      ['UNREACT', ''],
    ] as const) {
      const { message } = fact('message', fixture.reaction('01AB', '❤️', action));
      const { type, replyTo } = message;
      assert.deepEqual(
        { type, text: message.text, replyTo },
        { type: 'reaction', text, replyTo: '01AB' },
      );
    }
  });

  it('what somebody else sends for the app as one outgoing message, under the id of the send', () => {
    const sent = fact('message', fixture.submit('01AB', fixture.text('Arriviamo')));
    assert.equal(sent.dedupeKey, 'message:01AB');
    assert.equal(sent.message.verb, 'outgoing');
    assert.equal(sent.message.text, 'Arriviamo');
  });

  it('delivery reports as the statuses of an event, with our name for the send', () => {
    const seen = ['QUEUED_ON_CHANNEL', 'DELIVERED', 'READ'].map((status) => {
      const { dedupeKey, delivery, reference, contact } = fact(
        'delivery',
        fixture.report('01AB', status, { metadata: 'our-name' }),
      );
      assert.equal(reference, 'our-name');
      assert.equal(contact.phone, '+393331234567');
      return [dedupeKey, delivery.status];
    });
    assert.deepEqual(seen, [
      ['status:01AB:sent', 'sent'],
      ['status:01AB:delivered', 'delivered'],
      ['status:01AB:read', 'read'],
    ]);
  });

  it('why a message failed', () => {
    const { delivery } = fact('delivery', fixture.report('01AB', 'FAILED', fixture.windowClosed));
    assert.equal(delivery.status, 'failed');
    assert.equal(delivery.errorCode, 'OUTSIDE_ALLOWED_SENDING_WINDOW');
    assert.match(delivery.errorText ?? '', /24 hours/);
  });

  it('the end of a conversation, whose contact it knows by the id of Sinch alone', () => {
    const { contact, dedupeKey } = fact('end', fixture.stop());
    assert.deepEqual(contact, { providerId: fixture.giulia.contactId });
    assert.equal(dedupeKey, 'end:01EPYATZ64TMNZ1FV02JKD12JF');
  });

  it("a contact's record as the link of its ids, and a merge as a new name for the old one", () => {
    const contact = {
      phone: '+393331234567',
      userId: 'IT.13491208655302741918',
      name: 'Giulia Müller 🌻',
      providerId: fixture.giulia.contactId,
    };
    const record = fixture.record('Giulia Müller 🌻');
    const changed = fact(
      'identity',
      fixture.callback({ contact_update_notification: { contact: record } }),
    );
    assert.deepEqual(changed.contact, contact);
    assert.deepEqual(changed.previous, { providerId: fixture.giulia.contactId });
    const merge = { preserved_contact: record, deleted_contact: { id: '01GONE' } };
    const merged = fact('identity', fixture.callback({ contact_merge_notification: merge }));
    assert.deepEqual(merged.previous, { providerId: '01GONE' });
    const unnamed = { contact_create_notification: { contact: fixture.record('Unknown') } };
    assert.equal(fact('identity', fixture.callback(unnamed)).contact.name, undefined);
  });
});

describe('the Sinch adapter tells no flow', () => {
  it('of messages, reports and conversations of other channels', () => {
    const sms = { channel_identity: { channel: 'SMS', identity: '393331234567' } };
    assert.match(notice(fixture.inboundSms('Ciao')).text, /SMS/);
    assert.match(notice(fixture.report('01AB', 'DELIVERED', sms)).text, /SMS/);
    assert.match(notice(fixture.stop(fixture.giulia, 'MESSENGER')).text, /MESSENGER/);
  });

  it('of what was put into the history, of typing, of a channel switch or of account news', () => {
    const injected = fixture.inbound(fixture.text('old'), fixture.giulia, { injected: true });
    assert.match(notice(injected).text, /history/);
    assert.equal(notice(fixture.composing()).text, 'composing_event');
    assert.match(notice(fixture.report('01AB', 'SWITCHING_CHANNEL')).text, /SWITCHING_CHANNEL/);
    assert.deepEqual(notice(fixture.quality()), {
      accountId: fixture.appId,
      about: 'channel_event_notification',
      text: 'WHATS_APP_QUALITY_RATING_CHANGED',
    });
  });

  it('of a trigger that it does not know, but lets its future messages pass as their kind', () => {
    assert.equal(
      notice(fixture.callback({ hologram_notification: {} })).about,
      'hologram_notification',
    );
    assert.equal(read({ hologram_message: { depth: 3 } }).type, 'hologram');
    assert.equal(read({ __proto___message: {} }).type, '__proto__');
    assert.equal(read({}).type, 'unknown');
  });
});

describe('the Sinch adapter never throws', () => {
  it('on what is no callback: it gives the reason', () => {
    for (const body of ['', '[', '[]', '7', '{}', '{"app_id":"a","message":7}']) {
      const { facts, problems } = sinch.parse(fixture.request(body), {});
      assert.deepEqual([facts.length, problems.length], [0, 1], body);
    }
    const { app_id: _, ...nameless } = fixture.inbound(fixture.text('Ciao'));
    assert.match(parse(nameless).problems[0]?.reason ?? '', /app_id/);
  });

  it('on hostile texts, which come through as typed but for NUL and lone surrogates', () => {
    for (const words of hostileTexts) {
      const wanted = words.replaceAll('\0', '').toWellFormed();
      assert.equal(read(fixture.text(words)).text, wanted);
      assert.equal(parse(fixture.report(words, words)).facts.length, 0);
    }
  });

  it('on any JSON under any key of a trigger', () => {
    const key = fc.constantFrom(
      ...fixture.samples().flatMap((sample) => Object.keys(sample)),
      'contact_merge_notification',
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (body) => {
        const { facts, problems, notices } = parse(body);
        assert.ok(facts.length + problems.length + notices.length === 1);
      }),
    );
  });
});
