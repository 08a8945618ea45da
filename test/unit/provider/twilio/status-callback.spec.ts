import assert from 'node:assert/strict';
import type { WebhookRequest } from '../../../../src/provider/provider.ts';
import { twilio } from '../../../../src/provider/twilio/twilio.ts';
import { keep } from '../../../../src/receiver/keep.ts';
import * as fixture from '../../../fixtures/twilio.ts';
import { useFake } from '../../../support/fake-api.ts';
import { startFakeTwilio, twilioSid, twilioToken } from '../../../support/fake-twilio.ts';
import { giulia, order, secretsOf, useDesk } from '../../../support/outbox.ts';
import { account } from '../../../support/receiving.ts';

describe('a status callback of Twilio that names neither our number nor the contact', () => {
  const fake = useFake(startFakeTwilio);
  const desk = useDesk();
  const { signal } = new AbortController();

  for (const [where, others] of [
    ['alone at its path', []],
    ['one of several at its path', ['whatsapp:+39029999999']],
  ] as const) {
    it(`settles a send without an answer for an account that is ${where}`, async () => {
      const party = desk().party('twilio', {
        apiUrl: fake().url,
        accountId: '39 02 123 4567',
        publicUrl: fixture.publicUrl,
        secrets: secretsOf({ accountSid: twilioSid, authToken: twilioToken }),
      });
      fake().upset('reset');
      const lost = order(party, { to: { phone: giulia.phone } });
      await assert.rejects(desk().outbox.send(lost, signal), { code: 'E_SEND' });
      const callback = new URL((await fake().send(0)).form.get('StatusCallback') ?? '');

      const { policy } = lost.party().account;
      const { inbox } = desk();
      const ours = account('whatsapp:+39021234567', { inbox, policy });
      const accounts = [
        ...others.map((id) =>
          account(id, { inbox, policy: { ...policy, account: { ...policy.account, id } } }),
        ),
        ours,
      ];
      const route = { path: 'x', provider: twilio, setting: {}, accounts, keepRaw: false };
      const told = fixture.status('SM7', 'delivered', { From: '', To: '' });
      const request = fixture.formRequest(told, { query: callback.search });
      const news: string[] = [];
      await keep(request, route, ours, (_route, { kind }) => news.push(kind));

      assert.deepEqual(news, ['received']);
      assert.deepEqual(
        desk().events.map(({ name, message, delivery, contact, account: { id } }) => [
          name,
          message?.id ?? delivery?.status,
          contact.phone,
          id,
        ]),
        [
          ['message.outgoing', 'SM7', giulia.phone, 'shop'],
          ['delivery', 'SM7', giulia.phone, 'shop'],
        ],
      );
    });
  }

  it('is for the number in its URL, which counts for nothing where it does name ours', () => {
    const accountOf = (request: WebhookRequest) => {
      const { facts, problems } = twilio.parse(request, {});
      assert.deepEqual([facts.length, problems], [1, []]);
      return facts[0]?.accountId;
    };
    const told = (parts: fixture.Form, query: string) =>
      accountOf(fixture.formRequest(fixture.status('SM7', 'sent', parts), { query }));
    assert.equal(told({ From: '', To: '' }, '?sendFrom=390212345678'), fixture.sender);
    assert.equal(told({ From: '' }, '?sendFrom=390212345678'), fixture.sender);
    assert.equal(told({}, '?sendFrom=390000000000'), fixture.sender);
    const statusCallBackUrl = 'https://x.example/w?sendFrom=390212345678';
    const streamed = fixture.statusEvent('SM8', 'sent', { from: '', statusCallBackUrl });
    assert.equal(accountOf(fixture.jsonRequest(streamed)), fixture.sender);
  });
});
