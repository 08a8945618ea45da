import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Parsed, ProviderFact, WebhookRequest } from '../../../../src/provider/provider.ts';
import { twilio } from '../../../../src/provider/twilio/twilio.ts';
import { hostileTexts } from '../../../fixtures/hostile.ts';
import * as fixture from '../../../fixtures/twilio.ts';

const { giulia, hidden, sender } = fixture;
const parse = (request: WebhookRequest): Parsed => twilio.parse(request, {});
const parseForm = (form: fixture.Form): Parsed => parse(fixture.formRequest(form));

function only(parsed: Parsed): ProviderFact {
  assert.deepEqual(parsed.problems, []);
  assert.equal(parsed.facts.length, 1);
  return parsed.facts[0]!;
}

function message(form: fixture.Form) {
  const fact = only(parseForm(form));
  assert.ok(fact.kind === 'message');
  return fact;
}

function delivery(form: fixture.Form) {
  const fact = only(parseForm(form));
  assert.ok(fact.kind === 'delivery');
  return fact;
}

describe('the Twilio adapter reads', () => {
  it('a text with accents, emoji, plus signs and slashes exactly as typed', () => {
    const text = 'À bientôt 👋🏽 2+2=4 https://example.com/a%20b?x=<1>&y="@"';
    const id = fixture.sid();
    const {
      accountId,
      dedupeKey,
      contact,
      message: read,
      at,
    } = message(fixture.incoming(fixture.text(text), giulia, id));
    assert.deepEqual(read, { id, verb: 'incoming', type: 'text', text, media: [] });
    assert.deepEqual([accountId, dedupeKey, at], [sender, `message:${id}`, undefined]);
    assert.deepEqual(contact, {
      phone: '+393331234567',
      userId: 'IT.13491208655302741918',
      name: 'Giulia Müller 🌻',
    });
  });

  it('a contact without a number by the user id, never a user id as a number', () => {
    const { contact } = message(fixture.incoming(fixture.text('ciao'), hidden));
    assert.deepEqual(contact, { userId: 'IT.77777208655302741918', name: 'Nascosta' });
  });

  it('the id of a parent portfolio as such', () => {
    const form = { ...fixture.incoming({}), ExternalUserId: 'whatsapp:IT.ENT.1181579921' };
    const { phone, userId, parentUserId } = message(form).contact;
    assert.deepEqual([phone, userId, parentUserId], [giulia.phone, undefined, 'IT.ENT.1181579921']);
  });

  it('a message that has only the old name of its id', () => {
    const { MessageSid: _, SmsMessageSid: __, ...form } = fixture.incoming({}, giulia, 'SM1');
    assert.equal(message(form).dedupeKey, 'message:SM1');
  });

  it('a GET as it reads a form', () => {
    const form = fixture.incoming(fixture.text('via GET è +'));
    const fact = only(parse(fixture.getRequest(form)));
    assert.deepEqual({ ...fact, raw: 0 }, { ...message(form), raw: 0 });
  });
});

describe('the Twilio adapter reads of our own messages', () => {
  it('that they were sent, delivered and read', () => {
    for (const name of ['sent', 'delivered', 'read'] as const) {
      const fact = delivery(fixture.status('SM7', name));
      assert.deepEqual(fact.delivery, { status: name });
      assert.deepEqual(
        [fact.accountId, fact.messageId, fact.dedupeKey, fact.contact.phone],
        [sender, 'SM7', `status:SM7:${name}`, giulia.phone],
      );
    }
  });

  it('that they failed, with the code and Twilio’s words, or else ours', () => {
    const ChannelStatusMessage = 'Failed to send freeform message';
    const told = fixture.status('SM7', 'failed', { ErrorCode: '63016', ChannelStatusMessage });
    assert.deepEqual(delivery(told).delivery, {
      status: 'failed',
      errorCode: '63016',
      errorText: ChannelStatusMessage,
    });
    const bare = delivery(fixture.status('SM7', 'undelivered', { ErrorCode: '63016' })).delivery;
    assert.equal(bare.status, 'failed');
    assert.match(bare.errorText ?? '', /24 hours/);
  });

  it('nothing of those still on their way', () => {
    for (const name of ['accepted', 'scheduled', 'queued', 'sending']) {
      assert.deepEqual(parseForm(fixture.status('SM7', name)), {
        facts: [],
        problems: [],
        notices: [],
      });
    }
  });

  it('a notice of a status that it does not know', () => {
    const { facts, problems, notices } = parseForm(fixture.status('SM7', 'frozen'));
    assert.deepEqual([facts, problems], [[], []]);
    assert.equal(notices[0]?.about, 'status frozen');
  });

  it('the reference that the send gave along', () => {
    const query = `?sendReference=${encodeURIComponent('a/b è')}`;
    const fact = only(parse(fixture.formRequest(fixture.status('SM7', 'sent'), { query })));
    assert.equal(fact.kind === 'delivery' && fact.reference, 'a/b è');
  });

  it('a callback that leaves From or To away', () => {
    const noTo = delivery(fixture.status('SM7', 'read', { To: '' }));
    assert.deepEqual([noTo.accountId, noTo.contact], [sender, {}]);
    const noFrom = delivery(fixture.status('SM7', 'read', { From: '' }));
    assert.deepEqual([noFrom.accountId, noFrom.contact.phone], ['', giulia.phone]);
    const neither = delivery(fixture.status('SM7', 'read', { From: '', To: '' }));
    assert.deepEqual([neither.accountId, neither.contact], ['', {}]);
    assert.equal(neither.messageId, 'SM7');
  });
});

describe('the Twilio adapter reads of Event Streams', () => {
  it('a batch of statuses with their times', () => {
    const events = [
      fixture.statusEvent('SM8', 'delivered'),
      fixture.statusEvent('SM9', 'failed', { errorCode: 63024 }),
      fixture.statusEvent('SM9', 'queued'),
    ];
    const { facts, problems } = parse(fixture.jsonRequest(events));
    assert.deepEqual(problems, []);
    const [first, second] = facts;
    assert.equal(facts.length, 2);
    assert.ok(first?.kind === 'delivery' && second?.kind === 'delivery');
    assert.deepEqual(
      [first.delivery.status, first.contact.phone, first.accountId, first.at],
      ['delivered', giulia.phone, sender, '2026-11-22T09:00:00.563Z'],
    );
    assert.equal(second.delivery.errorCode, '63024');
  });

  it('no message, of which it does not tell all: the webhook does, whichever comes first', () => {
    const data = { messageStatus: undefined, body: 'Sì' };
    const unclear = fixture.statusEvent('SM8', 'sent', data);
    for (const event of [
      fixture.incomingEvent('ciao è'),
      { ...unclear, type: 'com.twilio.messaging-of-the-future' },
    ]) {
      const { facts, problems, notices } = parse(fixture.jsonRequest([event]));
      assert.deepEqual([facts, problems], [[], []]);
      assert.equal(notices[0]?.about, 'event stream');
      assert.match(notices[0].text, /webhook/);
    }
    const [notice] = parse(fixture.jsonRequest(fixture.incomingEvent('ciao'))).notices;
    assert.equal(notice?.accountId, sender);
  });

  it('a time without a zone as one of UTC, wherever Node-RED runs', () => {
    const { TZ: zone } = process.env;
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      const timestamp = '2026-11-22T09:00:00';
      const event = fixture.statusEvent('SM8', 'sent', { timestamp });
      assert.equal(only(parse(fixture.jsonRequest(event))).at, '2026-11-22T09:00:00.000Z');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('the same key as of the status callback for the same status', () => {
    const event = only(parse(fixture.jsonRequest(fixture.statusEvent('SM8', 'read'))));
    assert.equal(event.dedupeKey, delivery(fixture.status('SM8', 'read')).dedupeKey);
  });

  it('the status by the type of the event where the data does not tell', () => {
    const event = fixture.statusEvent('SM8', 'read', { messageStatus: undefined });
    const fact = only(parse(fixture.jsonRequest(event)));
    assert.equal(fact.kind === 'delivery' && fact.delivery.status, 'read');
  });

  it('the reference in the status callback of the message', () => {
    const statusCallBackUrl = 'https://x.example/w?sendReference=abc#rc=2';
    const fact = only(
      parse(fixture.jsonRequest(fixture.statusEvent('SM8', 'sent', { statusCallBackUrl }))),
    );
    assert.equal(fact.kind === 'delivery' && fact.reference, 'abc');
  });

  it('a notice of events about something else', () => {
    const type = 'com.twilio.voice.status-callback.call.completed';
    const event = { ...fixture.statusEvent('SM8', 'sent'), type, data: { callSid: 'CA1' } };
    const { facts, problems, notices } = parse(fixture.jsonRequest([event]));
    assert.deepEqual([facts, problems], [[], []]);
    assert.equal(notices[0]?.about, type);
  });
});

describe('the Twilio adapter does not read', () => {
  it('text messages and other channels, and says so', () => {
    const sms = { ...fixture.incoming(fixture.text('sms')), From: '+393331234567', To: '+39021' };
    const { facts, problems, notices } = parseForm(sms);
    assert.deepEqual([facts, problems], [[], []]);
    assert.equal(notices[0]?.about, 'another channel');
    const conversation = { EventType: 'onMessageAdded', ConversationSid: 'CH1', Body: 'x' };
    assert.equal(parseForm(conversation).notices[0]?.about, 'onMessageAdded');
  });

  it('a message without id, number, contact or content, with the reason', () => {
    const whole = fixture.incoming(fixture.text('x'));
    const without = (...names: string[]) =>
      Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
    for (const [form, reason] of [
      [without('MessageSid', 'SmsSid', 'SmsMessageSid'), /no MessageSid/],
      [without('To'), /\(To\)/],
      [without('From', 'WaId', 'ExternalUserId'), /\(From\)/],
      [without('From', 'To'), /neither From nor To/],
      [without('SmsStatus', 'Body', 'NumMedia', 'MessageType'), /neither a status nor a content/],
      [{}, /no MessageSid/],
    ] as const) {
      const { facts, problems } = parseForm(form);
      assert.deepEqual(facts, []);
      assert.match(problems[0]?.reason ?? '', reason);
    }
  });

  it('JSON that is none, too deep or no object, with a reason', () => {
    for (const body of ['', 'null', '"x"', '{', '[]', '[1]', '['.repeat(100_000)]) {
      const { facts, problems } = parse(fixture.jsonRequest(body));
      assert.deepEqual([facts.length, problems.length], [0, 1], body.slice(0, 9));
    }
  });

  it('a form with more fields than any provider sends', () => {
    const body = Buffer.from('&'.repeat(5000));
    const { problems } = parse({ ...fixture.formRequest({}), body });
    assert.match(problems[0]?.reason ?? '', /more than/);
  });
});

describe('the Twilio adapter stands', () => {
  it('whatever a customer may write, in every field', () => {
    for (const text of hostileTexts) {
      const { message: read, contact } = message(
        fixture.incoming({ Body: text, ProfileName: text, MessageType: text || 'text' }),
      );
      assert.equal(read.text, text.replaceAll('\0', '').toWellFormed());
      assert.equal(contact.name, text.replaceAll('\0', '').toWellFormed());
    }
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('any bytes as a form, a query or JSON without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.json(), (bytes, json) => {
        const form = fixture.formRequest({});
        assert.ok(parse({ ...form, body: bytes }).facts.length === 0);
        parse({ ...form, method: 'GET', url: `/x?${Buffer.from(bytes).toString('latin1')}` });
        parse(fixture.jsonRequest(json));
      }),
    );
  });

  it('the loss or change of any fields, firing at most one fact and no other kind', () => {
    const forms = [
      fixture.incoming(fixture.media('image/png', 'image', 'x')),
      fixture.incoming(fixture.button('b', 'B', 'SM1'), hidden),
      fixture.status('SM7', 'failed', { ErrorCode: '63016' }),
    ];
    const change = fc.dictionary(
      fc.constantFrom(...forms.flatMap((form) => Object.keys(form))),
      fc.oneof(fc.constant(''), fc.string(), fc.constantFrom(...hostileTexts, sender)),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...forms), change, (form, changed) => {
        const wasStatus = 'MessageStatus' in form;
        const { facts, problems, notices } = parseForm({ ...form, ...changed });
        assert.ok(facts.length + problems.length + notices.length <= 1);
        const [fact] = facts;
        if (fact && !('SmsStatus' in changed)) {
          assert.equal(fact.kind, wasStatus ? 'delivery' : 'message');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the sender of a Twilio account', () => {
  it('is the same number however a person types it', () => {
    for (const typed of [
      sender,
      '+390212345678',
      '390212345678',
      ' WhatsApp:+39 02 1234-5678 ',
      '+39 (02) 12345678',
    ]) {
      assert.equal(twilio.accountIdOf?.(typed), sender, typed);
    }
  });
});
