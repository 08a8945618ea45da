import assert from 'node:assert/strict';
import type { TriggerError } from '../../../src/errors.ts';
import type { SendingAccount } from '../../../src/provider/sender.ts';
import type { SendingParty } from '../../../src/send/order.ts';
import { graphError, graphToken, startFakeGraph } from '../../support/fake-graph.ts';
import { useFake } from '../../support/fake-api.ts';
import { giulia, order, secretsOf, unlimited, useDesk } from '../../support/outbox.ts';
import { incoming } from '../store/conformance.ts';

describe('the outbox', () => {
  const graph = useFake(startFakeGraph);
  const desk = useDesk();
  const { signal } = new AbortController();
  const secrets = secretsOf({ accessToken: graphToken });

  const meta = (more: Partial<SendingAccount> = {}, rates = unlimited): SendingParty =>
    desk().party('meta', { apiUrl: graph().url, secrets, ...more }, rates);
  const texts = () => graph().sends.map(({ json }) => json.text.body);
  const text = (text: string) => ({ content: { kind: 'text', text } as const });
  const refused = (code: string, message: RegExp) => (error: TriggerError) => {
    assert.equal(error.code, 'E_SEND');
    assert.equal(error.details['code'], code);
    assert.match(error.message, message);
    return true;
  };

  it('sends, and tells it as one event of the contact’s interaction', async () => {
    const sent = await desk().outbox.send(order(meta(), { id: 'send-1' }), signal);
    assert.deepEqual(sent, { id: 'wamid.fake-0', status: 'accepted' });
    assert.equal((await graph().send(0)).json.biz_opaque_callback_data, 'send-1');
    const [event, ...more] = desk().events;
    assert.deepEqual(more, []);
    assert.equal(event?.name, 'message.outgoing');
    assert.equal(event?.message?.id, 'wamid.fake-0');
    assert.equal(event?.message?.text, 'Ciao');
    assert.equal(event?.contact.phone, giulia.phone);
    assert.deepEqual([desk().tries, desk().health], [['sent'], [undefined]]);
  });

  it('tells it as the contact’s whom the provider has reached, by whichever number', async () => {
    const dialled = { phone: '+525512345678' };
    const contacts = [{ input: dialled.phone, wa_id: '5215512345678' }];
    graph().upset({ body: { contacts, messages: [{ id: 'wamid.1' }] } });
    await desk().outbox.send(order(meta(), { to: dialled, contact: dialled }), signal);
    const { policy, accountId } = meta().account;
    const { fact } = incoming('+5215512345678');
    await desk().inbox.ingest([{ policy, fact: { ...fact, accountId } }], Date.now());
    const [outgoing, answer] = desk().events;
    assert.equal(outgoing?.contact.phone, '+5215512345678');
    assert.equal(answer?.interaction.id, outgoing?.interaction.id);
  });

  it('tells who wrote it, also when only a status tells that it went out', async () => {
    const agent = { username: 'ada', name: 'Ada' };
    await desk().outbox.send(order(meta(), { id: 'send-1', agent }), signal);
    graph().upset('reset');
    const lost = order(meta(), { id: 'send-2', agent });
    await assert.rejects(desk().outbox.send(lost, signal));
    const { policy, accountId } = lost.party().account;
    const base = { accountId, dedupeKey: 'status:late', contact: giulia, messageId: 'wamid.late' };
    const delivery = { status: 'sent' } as const;
    const fact = { ...base, kind: 'delivery', delivery, reference: 'send-2' } as const;
    await desk().inbox.ingest([{ policy, fact }], Date.now());
    const outgoing = desk().events.filter(({ name }) => name === 'message.outgoing');
    assert.deepEqual(
      outgoing.map(({ message }) => [message?.id, message?.agent]),
      [
        ['wamid.fake-0', agent],
        ['wamid.late', agent],
      ],
    );
    assert.ok(graph().sends.every(({ json }) => !('agent' in json)));
  });

  it('sends nothing again for an event that comes again, and answers as then', async () => {
    const one = order(meta());
    const sent = await desk().outbox.send(one, signal);
    assert.deepEqual(await desk().outbox.send(one, signal), sent);
    assert.equal(graph().sends.length, 1);
    assert.equal(desk().events.length, 1);
  });

  it('never repeats what may have gone out', async () => {
    for (const upset of ['reset', { status: 500, body: 'oops' }, { body: '{}' }] as const) {
      graph().upset(upset);
      const one = order(meta());
      const before = graph().sends.length;
      for (const _ of ['first', 'again']) {
        const sending = desk().outbox.send(one, signal);
        await assert.rejects(sending, refused('unknown', /may have gone out/));
      }
      assert.equal(graph().sends.length, before + 1);
    }
    assert.deepEqual(desk().events, []);
    assert.deepEqual(desk().tries, ['unknown', 'unknown', 'unknown']);
  });

  it('answers with what a status has told of a send whose answer was lost', async () => {
    const one = order(meta(), { id: 'send-1' });
    graph().upset('reset');
    await assert.rejects(desk().outbox.send(one, signal));
    const { account } = one.party();
    const fact = {
      kind: 'delivery',
      accountId: account.accountId,
      dedupeKey: 'status:wamid.late:sent',
      contact: giulia,
      messageId: 'wamid.late',
      delivery: { status: 'sent' },
      reference: 'send-1',
    } as const;
    await desk().inbox.ingest([{ policy: account.policy, fact }], Date.now());
    assert.equal((await desk().outbox.send(one, signal)).id, 'wamid.late');
    assert.equal(graph().sends.length, 1);
    const outgoing = desk().events.filter(({ name }) => name === 'message.outgoing');
    assert.deepEqual(
      outgoing.map(({ message }) => message?.id),
      ['wamid.late'],
    );
  });

  it('tries again what was not taken, and what reached nobody', async () => {
    graph().upset(graphError(131016, 503), graphError(131056, 400));
    assert.equal((await desk().outbox.send(order(meta()), signal)).id, 'wamid.fake-0');
    assert.equal(graph().sends.length, 3);
    const { url } = graph();
    await graph().close();
    const nobody = desk().outbox.send(order(meta({ apiUrl: url })), signal);
    await assert.rejects(nobody, refused('', /ECONNREFUSED/));
    const again = 'failed_for_now';
    const expected = [again, again, 'sent', again, again, again, again, 'refused'];
    assert.deepEqual(desk().tries, expected);
    assert.equal(desk().events.length, 1);
  });

  it('gives up after five tries, and begins anew when it is asked again', async () => {
    const busy = graphError(130429, 429);
    graph().upset(busy, busy, busy, busy, busy);
    const one = order(meta());
    await assert.rejects(desk().outbox.send(one, signal), refused('130429', /\(130429\)|130429/));
    assert.equal(graph().sends.length, 5);
    assert.equal((await desk().outbox.send(one, signal)).id, 'wamid.fake-0');
  });

  it('waits as long as the provider asks, and lets all of the account wait', async () => {
    graph().upset({ ...graphError(130429, 429), headers: { 'retry-after': '1' } });
    const began = performance.now();
    const first = desk().outbox.send(order(meta(), text('first')), signal);
    await graph().send(0);
    await graph().send(1);
    assert.ok(performance.now() - began > 950);
    await first;
  });

  it('does not try again what is wrong, and says so in the provider’s words', async () => {
    graph().upset(graphError(132001, 404, 'template name does not exist'));
    const sending = desk().outbox.send(order(meta()), signal);
    await assert.rejects(sending, refused('132001', /./));
    assert.equal(graph().sends.length, 1);
    assert.deepEqual([desk().events, desk().health], [[], []]);
  });

  it('says what ails an account, until a send goes through', async () => {
    const wrong = desk().outbox.send(order(meta({ secrets: secretsOf({}) })), signal);
    await assert.rejects(wrong, { code: 'E_SEND', message: 'The access token is missing.' });
    const expired = meta({ secrets: secretsOf({ accessToken: 'expired' }) });
    await assert.rejects(desk().outbox.send(order(expired), signal), refused('190', /./));
    await desk().outbox.send(order(meta()), signal);
    const [missing, refusal, healthy] = desk().health;
    assert.equal(missing, 'The access token is missing.');
    assert.ok(refusal);
    assert.equal(healthy, undefined);
  });

  it('says that the provider cannot be reached from the second try on, until it answers', async () => {
    const gone = await startFakeGraph();
    await gone.close();
    const sending = desk().outbox.send(order(meta({ apiUrl: gone.url })), signal);
    await assert.rejects(sending, { code: 'E_SEND' });
    assert.equal(desk().tries.length, 5);
    assert.equal(desk().health.length, 4);
    for (const problem of desk().health) {
      assert.match(problem ?? '', /^The provider cannot be reached.*ECONNREFUSED/);
    }
    graph().upset(graphError(132001, 404, 'template name does not exist'));
    await assert.rejects(desk().outbox.send(order(meta()), signal), refused('132001', /./));
    assert.equal(desk().health.at(-1), undefined);
  });

  it('keeps the order for a contact, also over a retry, and holds up nobody else', async () => {
    graph().upset(graphError(131016, 503));
    const one = desk().outbox.send(order(meta(), text('1')), signal);
    const two = desk().outbox.send(order(meta(), text('2')), signal);
    await graph().send(0);
    const other = { to: { phone: '+391' }, contact: { phone: '+391' }, ...text('other') };
    await desk().outbox.send(order(meta(), other), signal);
    await Promise.all([one, two]);
    assert.deepEqual(
      texts().filter((text) => text !== 'other'),
      ['1', '1', '2'],
    );
    assert.equal(texts().filter((text) => text === 'other').length, 1);
  });

  it('keeps to the rates of the account and of the contact', async () => {
    const slow = meta({}, { ...unlimited, contact: { perSecond: 20, burst: 2 } });
    const began = performance.now();
    const all = ['a', 'b', 'c', 'd'].map((said) =>
      desk().outbox.send(order(slow, text(said)), signal),
    );
    await Promise.all(all);
    assert.ok(performance.now() - began > 95, 'the third and fourth waited');
    assert.deepEqual(texts(), ['a', 'b', 'c', 'd']);
  });

  it('refuses, before any call, what WhatsApp takes only as a template', async () => {
    const { account } = meta();
    const at = Date.now() - 25 * 3_600_000;
    const { fact } = incoming(giulia.phone);
    const old = { ...fact, at: new Date(at).toISOString(), accountId: account.accountId };
    await desk().inbox.ingest([{ policy: account.policy, fact: old }], at);
    const sending = desk().outbox.send(order(meta()), signal);
    await assert.rejects(sending, refused('131047', /24 hours/));
    assert.deepEqual(graph().sends, []);
    const template = { kind: 'template', name: 't', language: 'it', parameters: [] } as const;
    await desk().outbox.send(order(meta(), { content: template }), signal);
    assert.equal(graph().sends.length, 1);
  });

  it('breaks off two robots that talk, and warns once', async () => {
    const warnings: string[] = [];
    const warn = (text: string) => void warnings.push(text);
    for (let n = 0; n < 10; n++) {
      await desk().outbox.send(order(meta(), { answers: `event-${n}`, warn }), signal);
    }
    for (let n = 10; n < 13; n++) {
      const more = desk().outbox.send(order(meta(), { answers: `event-${n}`, warn }), signal);
      await assert.rejects(more, refused('loop', /two robots/));
    }
    assert.equal(graph().sends.length, 10);
    assert.equal(warnings.length, 1);
    await desk().outbox.send(order(meta(), { warn }), signal);
  });

  it('sends later what was waiting when the node was stopped', async () => {
    const life = new AbortController();
    graph().upset({ ...graphError(130429, 429), headers: { 'retry-after': '60' } });
    const one = order(meta());
    const waiting = desk().outbox.send(one, life.signal);
    await graph().send(0);
    const behind = desk().outbox.send(order(meta(), text('behind')), life.signal);
    const both = Promise.all([
      assert.rejects(waiting, /stopped/),
      assert.rejects(behind, /stopped/),
    ]);
    // The answer is kept before the wait begins.
    while (desk().tries.length === 0) await new Promise(setImmediate);
    life.abort(new Error('The node was stopped.'));
    await both;
    const elsewhere = order(meta({ accountId: '77' }), { id: one.id });
    const other = { ...elsewhere.party(), account: { ...elsewhere.party().account, id: 'other' } };
    const sent = await desk().outbox.send({ ...elsewhere, party: () => other }, signal);
    assert.ok(sent.id);
    assert.equal(graph().sends.length, 2);
  });

  it('says so when the store fails, and sends nothing', async () => {
    const party = meta();
    await desk().inbox.stop();
    await desk().inbox.store.close();
    await assert.rejects(desk().outbox.send(order(party), signal), { code: 'E_STORE' });
    assert.deepEqual(graph().sends, []);
  });
});
