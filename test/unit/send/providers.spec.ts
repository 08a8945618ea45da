import assert from 'node:assert/strict';
import type { Secrets } from '../../../src/provider/provider.ts';
import type { OutgoingContent } from '../../../src/provider/sender.ts';
import { dialogKey, startFake360dialog } from '../../support/fake-360dialog.ts';
import { type FakeApi, useFake } from '../../support/fake-api.ts';
import { graphToken, startFakeGraph } from '../../support/fake-graph.ts';
import { kaleyraKey, kaleyraSid, startFakeKaleyra } from '../../support/fake-kaleyra.ts';
import { sinchKeys, startFakeSinch } from '../../support/fake-sinch.ts';
import { startFakeTwilio, twilioSid, twilioToken } from '../../support/fake-twilio.ts';
import { order, secretsOf, useDesk } from '../../support/outbox.ts';

interface Subject {
  readonly start: () => Promise<FakeApi>;
  readonly accountId: string;
  readonly secrets: Partial<Secrets>;
  /** The name of a template, as the provider has them. */
  readonly template: string;
}

const subjects: Readonly<Record<string, Subject>> = {
  meta: {
    start: startFakeGraph,
    accountId: '1234567890',
    secrets: { accessToken: graphToken },
    template: 'order_sent',
  },
  '360dialog': {
    start: startFake360dialog,
    accountId: '1234567890',
    secrets: { apiKey: dialogKey },
    template: 'order_sent',
  },
  twilio: {
    start: startFakeTwilio,
    accountId: 'whatsapp:+39021234567',
    secrets: { accountSid: twilioSid, authToken: twilioToken },
    template: `HX${'a'.repeat(32)}`,
  },
  sinch: {
    start: startFakeSinch,
    accountId: 'app-1',
    secrets: sinchKeys,
    template: 'order_sent',
  },
  kaleyra: {
    start: startFakeKaleyra,
    accountId: '39021234567',
    secrets: { accountSid: kaleyraSid, apiKey: kaleyraKey },
    template: 'order_sent',
  },
};

for (const [provider, subject] of Object.entries(subjects)) {
  describe(`a send through ${provider}`, () => {
    const fake = useFake(subject.start);
    const desk = useDesk();
    const { signal } = new AbortController();
    const { accountId, secrets, template } = subject;
    const party = () =>
      desk().party(provider, { apiUrl: fake().url, accountId, secrets: secretsOf(secrets) });
    const url = 'https://files.example.com/a%20b.pdf';
    const contents: readonly OutgoingContent[] = [
      { kind: 'text', text: 'È partito 📦 & "<b>"' },
      { kind: 'text', text: 'Sì', replyTo: 'wamid.Q' },
      { kind: 'template', name: template, language: 'it', parameters: ['Zoë', '9/9'] },
      { kind: 'media', type: 'document', url, caption: 'Fattura', fileName: 'a b.pdf' },
    ];

    it('is taken by its interface, whatever kind it is of', async () => {
      const ids = new Set<string>();
      for (const content of contents) {
        const { id, status } = await desk().outbox.send(order(party(), { content }), signal);
        ids.add(id);
        assert.match(status, /^(accepted|queued)$/);
      }
      assert.equal(ids.size, contents.length);
      assert.deepEqual(
        desk().events.map(({ message }) => message?.id),
        [...ids],
      );
      assert.match(decodeURIComponent((await fake().send(0)).body), /È|\\u00c8/);
    });

    it('with wrong keys ails the account, and is not tried again', async () => {
      const wrong = Object.fromEntries(Object.keys(secrets).map((name) => [name, 'wrong']));
      const { apiUrl } = party().account;
      const ailing = desk().party(provider, { apiUrl, accountId, secrets: secretsOf(wrong) });
      await assert.rejects(desk().outbox.send(order(ailing), signal), { code: 'E_SEND' });
      assert.deepEqual(desk().tries, ['refused']);
      assert.equal(desk().health.length, 1);
      assert.ok(desk().health[0]);
    });
  });
}
