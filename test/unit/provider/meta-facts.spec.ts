import assert from 'node:assert/strict';
import type { ProviderFact } from '../../../src/provider/provider.ts';
import * as meta from '../../fixtures/meta.ts';
import * as kinds from '../../fixtures/meta-kinds.ts';
import { factsOf, parseMeta } from '../../support/meta-request.ts';

const { giulia, phoneNumberId: ours } = meta;
const incoming = (part: meta.Part, person?: meta.Person): meta.Part =>
  meta.change({ messages: [meta.message(part, person)], people: person ? [person] : [] });

function only<K extends ProviderFact['kind']>(kind: K, ...changes: readonly meta.Part[]) {
  const [fact, ...others] = factsOf(...changes);
  assert.deepEqual(others, []);
  assert.equal(fact?.kind, kind);
  return fact as Extract<ProviderFact, { kind: K }>;
}

describe('the Meta adapter knows a contact', () => {
  it('by the ids of the message, whatever the order of the contacts', () => {
    const body = meta.change({
      people: [meta.ahmed, giulia],
      messages: [
        meta.message(meta.text('ciao'), giulia),
        meta.message(meta.text('مرحبا'), meta.ahmed),
      ],
    });
    const names = factsOf(body).map(({ contact }) => contact.name);
    assert.deepEqual(names, ['Giulia Müller 🌻', 'أحمد سعيد']);
  });

  it('without a phone number by the user id, never a user id as a number', () => {
    assert.deepEqual(only('message', incoming(meta.text('ciao'), kinds.hidden)).contact, {
      userId: 'US.13491208655302741918',
      name: 'Nascosta',
      username: 'n.ascosta',
    });
    const misplaced = { ...kinds.hidden, waId: kinds.hidden.userId! };
    const { contact } = only('message', incoming(meta.text('ciao'), misplaced));
    assert.equal('phone' in contact, false);
    assert.equal(contact.userId, kinds.hidden.userId);
  });

  it('by an empty number as if there were none', () => {
    const { contact } = only('message', incoming(meta.text('x'), { ...kinds.hidden, waId: '' }));
    assert.deepEqual([contact.phone, contact.userId], [undefined, kinds.hidden.userId]);
  });

  it('by the parent id too, under any of the names that Meta gives it', () => {
    const message = { ...meta.message(meta.text('x')), from_parent_user_id: kinds.parentUserId };
    assert.equal(
      only('message', meta.change({ messages: [message] })).contact.parentUserId,
      kinds.parentUserId,
    );
    for (const name of ['recipient_parent_user_id', 'parent_recipient_user_id', 'parent_user_id']) {
      const status = { ...meta.status('wamid.S', 'read'), [name]: kinds.parentUserId };
      const { contact } = only('delivery', meta.change({ statuses: [status] }));
      assert.equal(contact.parentUserId, kinds.parentUserId, name);
    }
  });

  it('by another number from now on', () => {
    const ids = { user_id: 'IT.9', parent_user_id: 'IT.ENT.9', previous_user_id: giulia.userId };
    const fact = only('identity', incoming(kinds.changedNumber('393339999999', ids)));
    assert.deepEqual(fact.previous, { phone: '+393331234567', userId: giulia.userId });
    assert.deepEqual(fact.contact, {
      phone: '+393339999999',
      userId: 'IT.9',
      parentUserId: 'IT.ENT.9',
    });
  });

  it('by another user id from now on, with no number at all', () => {
    const system = kinds.changedUserId('US.1', 'US.2');
    const fact = only('identity', incoming(system, { userId: 'US.2' }));
    assert.deepEqual(fact.previous, { userId: 'US.1', parentUserId: kinds.parentUserId });
    assert.deepEqual(fact.contact, { userId: 'US.2' });
  });

  it('by another user id as some partners pass it on', () => {
    const update = { user_id_update: [kinds.userIdUpdate] };
    const fact = only('identity', kinds.changeOf('user_id_update', update, ours));
    assert.deepEqual(fact.previous, { userId: 'IT.1', parentUserId: 'IT.ENT.1' });
    assert.deepEqual(fact.contact, {
      phone: '+393331234567',
      userId: 'IT.2',
      parentUserId: 'IT.ENT.2',
    });
  });

  it('no longer where a system message does not say by which id', () => {
    const { facts, problems } = parseMeta(meta.webhook([incoming(kinds.changedNumber(''))]));
    assert.equal(facts.length, 0);
    assert.match(problems[0]?.reason ?? '', /does not say who goes by which id now/);
  });
});

describe('the Meta adapter tells', () => {
  it('messages, statuses, echoes and calls side by side', () => {
    const value = {
      messages: [meta.message(meta.text('in'))],
      statuses: [meta.status('wamid.S', 'read')],
      calls: [kinds.call()],
      message_echoes: [meta.echo(meta.text('out'))],
    };
    const facts = factsOf(kinds.changeOf('messages', value, ours));
    assert.deepEqual(facts.map(({ kind }) => kind).sort(), [
      'call',
      'delivery',
      'message',
      'message',
    ]);
  });

  it('what one of us wrote in the app as outgoing to its receiver', () => {
    const fact = only('message', meta.change({ echoes: [meta.echo(meta.text('dal telefono'))] }));
    assert.equal(fact.message.verb, 'outgoing');
    assert.equal(fact.contact.phone, '+393331234567');
    const toUser = { ...meta.echo(meta.text('x'), {}), to_user_id: 'US.1' };
    assert.equal(only('message', meta.change({ echoes: [toUser] })).contact.userId, 'US.1');
  });

  it('an echo and the answer to a send by the same key', () => {
    const fact = only(
      'message',
      meta.change({ echoes: [meta.echo(meta.text('x'), giulia, 'w1')] }),
    );
    assert.equal(fact.dedupeKey, 'message:w1');
  });

  it('each edit of a message, even under the id of the original', () => {
    const first = meta.message(kinds.edit('w1', meta.text('uno')), giulia, 'w1');
    const second = { ...first, timestamp: '1795400000' };
    const original = meta.message(meta.text('zero'), giulia, 'w1');
    const facts = factsOf(meta.change({ messages: [original, first, second, second] }));
    assert.equal(new Set(facts.map(({ dedupeKey }) => dedupeKey)).size, 3);
  });

  it('a failed delivery with its code and words, and our own name for the send', () => {
    const error = { code: 131026, title: 'Message undeliverable' };
    const status = { ...meta.status('w', 'failed', { error }), biz_opaque_callback_data: 'ours' };
    const fact = only('delivery', meta.change({ statuses: [status] }));
    assert.deepEqual(fact.delivery, {
      status: 'failed',
      errorCode: '131026',
      errorText: 'Message undeliverable',
    });
    assert.deepEqual([fact.dedupeKey, fact.reference], ['status:w:failed', 'ours']);
  });

  it('the name of a contact who stands beside a status, and no message for it', () => {
    const fact = only('delivery', meta.change({ statuses: [meta.status('w', 'read')] }));
    assert.equal(fact.contact.name, giulia.name);
  });

  it('who of a group has read a message, and never the group as a contact', () => {
    const read = [giulia.waId!, meta.ahmed.waId!].map((id) => kinds.groupStatus('w', 'read', id));
    const facts = factsOf(meta.change({ statuses: [...read, kinds.groupStatus('w', 'sent')] }));
    assert.deepEqual(
      facts.map(({ contact }) => contact.phone),
      ['+393331234567', '+201001234567', undefined],
    );
    assert.equal(new Set(facts.map(({ dedupeKey }) => dedupeKey)).size, 3);
    assert.equal('userId' in facts[2]!.contact, false);
  });

  it('the beginning of a call of a contact once, even where it names us as the caller', () => {
    const ourNumber = meta.businessNumber.replace(/\D/g, '');
    const turned = kinds.call({ from: ourNumber, to: giulia.waId });
    const ended = kinds.call({ event: 'terminate', status: ['Completed'] });
    for (const first of [kinds.call(), turned]) {
      const calls = { calls: [first, ended] };
      const fact = only('call', kinds.changeOf('calls', calls, ours));
      assert.equal(fact.contact.phone, '+393331234567');
    }
  });

  it('a call of ours only when the contact accepts it', () => {
    const states = ['RINGING', 'ACCEPTED', 'REJECTED'].map(kinds.callStatus);
    only('call', kinds.changeOf('calls', { statuses: states }, ours));
    const begun = { calls: [kinds.call({ direction: 'BUSINESS_INITIATED' })] };
    assert.deepEqual(factsOf(kinds.changeOf('calls', begun, ours)), []);
  });

  it('a message without a usable time, and leaves the time away', () => {
    for (const timestamp of [undefined, '', 'yesterday', '-5', '99999999999999', {}]) {
      const message = { ...meta.message(meta.text('x')), timestamp };
      assert.equal('at' in only('message', meta.change({ messages: [message] })), false);
    }
  });
});

describe('the Meta adapter tells the operator, and no flow,', () => {
  const noticed = (...changes: readonly meta.Part[]): readonly string[] => {
    const { facts, problems, notices } = parseMeta(meta.webhook(changes));
    assert.deepEqual({ facts, problems }, { facts: [], problems: [] });
    return notices.map(({ about, text }) => `${about}: ${text}`);
  };
  const passive = (field: string, value: meta.Part): meta.Part =>
    kinds.changeOf(field, value, ours);

  it('of history, shared or refused', () => {
    assert.deepEqual(noticed(passive('history', kinds.history)), [
      'history: History was passed over: 2 messages (55 % of it sent).',
    ]);
    assert.deepEqual(noticed(passive('history', kinds.historyRefused)), [
      'history: History sync is turned off by the business from the WhatsApp Business App',
    ]);
  });

  it('of a conversation that another sender has, and of the contacts of the app', () => {
    assert.deepEqual(noticed(passive('standby', kinds.standby)), [
      'standby: Another sender has the conversation; passed over: 1 messages.',
    ]);
    assert.deepEqual(noticed(passive('smb_app_state_sync', kinds.appContacts)), [
      "smb_app_state_sync: 1 contacts of the app's list were passed over.",
    ]);
  });

  it('of what happens to the account and its templates, in the words of Meta', () => {
    const [template] = noticed(
      kinds.changeOf('message_template_status_update', kinds.templateRejected),
    );
    assert.match(template ?? '', /event: REJECTED, .*message_template_name: order_confirmation/);
    const [account] = noticed(kinds.changeOf('account_update', kinds.accountDisabled));
    assert.match(account ?? '', /ban_info\.waba_ban_state: SCHEDULE_FOR_DISABLE/);
  });

  it('of an error that belongs to no message', () => {
    assert.deepEqual(noticed(passive('messages', { errors: [kinds.rateError] })), [
      'errors: Too many messages sent from this phone number (130429)',
    ]);
  });

  it('of a status, a system message and a field that it does not know', () => {
    const unknown = meta.change({ statuses: [meta.status('w', 'deleted')] });
    assert.equal(noticed(unknown, incoming(kinds.changedIdentityKey)).length, 2);
    assert.deepEqual(noticed(kinds.changeOf('holograms', { depth: 3 })), ['holograms: depth: 3']);
  });

  it('of webhooks about pages and not about WhatsApp', () => {
    const { notices } = parseMeta(meta.wire({ object: 'page', entry: [{ messaging: [] }] }));
    assert.equal(notices[0]?.about, 'page');
  });

  it('of a message that Meta cannot deliver and that names nobody', () => {
    assert.equal(noticed(incoming(kinds.unsupported, {})).length, 1);
  });

  it('only once of the same thing, however often a request says it', () => {
    const many = Array.from({ length: 900 }, (_, i) => meta.status(`w${i}`, 'deleted'));
    assert.equal(noticed(meta.change({ statuses: many })).length, 1);
  });
});

describe('the Meta adapter puts aside', () => {
  it('what should be a list or an object and is none, and still tells the rest', () => {
    const wrong = kinds.changeOf('messages', { messages: { id: 'x' }, statuses: [7] }, ours);
    const right = incoming(meta.text('ciao'), giulia);
    const { facts, problems } = parseMeta(meta.webhook([wrong, right]));
    assert.equal(facts.length, 1);
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      [
        'The "messages" of a change are no list.',
        'One of the "statuses" of a change is no object.',
      ],
    );
  });

  it('a message without an id, without a contact, and a change without our number', () => {
    const { id: _, ...nameless } = meta.message(meta.text('x'));
    const reasons = [
      meta.change({ messages: [nameless] }),
      incoming(meta.text('x'), {}),
      kinds.changeOf('messages', { messages: [] }),
    ].map((part) => parseMeta(meta.webhook([part])).problems[0]?.reason ?? '');
    assert.match(reasons[0]!, /has no id/);
    assert.match(reasons[1]!, /names no contact/);
    assert.match(reasons[2]!, /phone_number_id/);
  });
});
